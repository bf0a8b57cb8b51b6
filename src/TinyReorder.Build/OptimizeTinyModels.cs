using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Output;
using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>
/// Brings what is generated from a project's models up to date: reorders those that changed, several at once, then adds all of them up for their boards,
/// those that did not change by what is kept of their last run. Runs only when something changed; each model's state says whether it is the one.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class OptimizeTinyModels : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly HashSet<Diagnostic> told = [];
    private readonly object logging = new();
    private ProjectPaths paths = new("", "");
    private bool failed;

    /// <summary>The <c>TinyModel</c> items; may be none, then what earlier ones generated is removed.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The directory of the project, which relative paths start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The project's file, which is named where a diagnostic is about no file.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary>Where state is kept.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>The file that records a good run.</summary>
    [Required]
    public string RecordFile { get; set; } = "";

    /// <summary>What MSBuild found the run to be made of; recorded when it is good, so that nothing runs while nothing changes.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>A JSON file with boards of the user's own; may be empty.</summary>
    public string? BoardFile { get; set; }

    /// <summary>The folder that keeps profiles of the user's own, each in a file of its id.</summary>
    public string ProfileFolder { get; set; } = Measuring.ProfileFolder.DefaultName;

    /// <summary>Names of metadata that are the project's own, separated by semicolons, though they look like misspelt ones of ours.</summary>
    public string? IgnoredMetadata { get; set; }

    /// <summary>A JSON file with what each model may take (docs/budgets.md); may be empty.</summary>
    public string? BudgetFile { get; set; }

    /// <summary>Whether <see cref="BudgetFile"/> is written anew with what the models take; then nothing is held against it.</summary>
    public bool UpdateBudget { get; set; }

    /// <summary>Whether all models are one firmware, so that they have to fit their board together.</summary>
    public bool Together { get; set; } = true;

    /// <summary>Whether this is a design-time build: nothing is searched, and no more is written than headers that an earlier build had.</summary>
    public bool DesignTime { get; set; }

    /// <summary>
    /// The files that are generated, with <c>Kind</c>, <c>Symbol</c> and <c>Model</c>; in design-time builds only, where no record may exist yet.
    /// </summary>
    [Output]
    public ITaskItem[] Generated { get; private set; } = [];

    /// <inheritdoc/>
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => cancellation.Dispose();

    /// <inheritdoc/>
    public override bool Execute()
    {
        paths = new ProjectPaths(ProjectDirectory, StateDirectory, ProjectFile);
        try
        {
            IReadOnlyList<ModelJob> jobs = new ModelResolver(paths, BoardFile ?? "", ProfileFolder, IgnoredMetadata ?? "",
                (diagnostic, file) => Report(Log, diagnostic, file)).Resolve(Models.Where(IsInput));
            if (DesignTime)
                ListFiles(jobs);
            else if (!failed)
                BringUpToDate(jobs);
        }
        catch (TinyReorderException exception)
        {
            Report(Log, exception.Diagnostic, ProjectFile);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
#pragma warning disable CA1031 // nobody is helped by a stack trace in the list of errors
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ReportDefect(Log, exception, ProjectFile);
        }
        return !failed;
    }

    /// <summary>Editors want the headers; what was found for a model that did not change since is copied, and nothing is searched.</summary>
    private void ListFiles(IReadOnlyList<ModelJob> jobs)
    {
        foreach (ModelJob job in jobs.Where(job => ModelState.Kept(job, paths, out _) is not null))
        {
            foreach ((string file, string copy) in job.HeaderCopies.Where(header => !paths.Exists(header.File) && paths.Exists(header.Copy)))
                paths.CopyOutput(copy, file, job.Symbol);
        }
        Generated = jobs.SelectMany(job => job.GeneratedFiles.Select(file => Item(job, file.Kind, file.Path))).ToArray();
    }

    /// <summary>What a wildcard finds of our own outputs is no model.</summary>
    private bool IsInput(ITaskItem model)
    {
        if (!ModelResolver.IsOwnOutput(model.ItemSpec, paths))
            return true;
        Log.Tell(MessageImportance.Normal, $"{model.ItemSpec} is no input: TinyReorder wrote it for this project");
        return false;
    }

    private void BringUpToDate(IReadOnlyList<ModelJob> jobs)
    {
        using IDisposable entered = paths.Enter();
        GeneratedRecord.Invalidate(paths, RecordFile);
        RemoveOrphans(jobs);
        BoardCatalog boards = Boards();
        string[] inputs = jobs.Select(job => paths.Absolute(job.Name)).ToArray();
        var kept = new KeptRun?[jobs.Count];
        var runs = new List<(int Index, ModelRun Run)>();
        for (int i = 0; i < jobs.Count; i++)
        {
            kept[i] = ModelState.Current(jobs[i], paths, out string reason);
            foreach (Diagnostic warning in kept[i]?.Warnings ?? [])
                Report(Log, warning, jobs[i].Name);
            if (kept[i] is not null)
                continue;
            runs.Add((i, new ModelRun(jobs[i], paths, boards, ProfileFolder, inputs)));
            Log.Tell(MessageImportance.Normal, $"Optimizing {jobs[i].Name}: {reason}");
        }
        failed |= Log.HasLoggedErrors; // warnings that are errors to this build
        Run(jobs, runs, kept);
        if (failed)
            return;
        var record = new GeneratedRecord();
        for (int i = 0; i < jobs.Count; i++)
        {
            foreach ((string kind, string path) in jobs[i].GeneratedFiles)
                record.Add(kind, jobs[i].Symbol, jobs[i].Name, path, kept[i]!.Outputs.First(output => output.Path == path).Sha256);
        }
        AddUp(jobs, kept.Select(run => run!.Footprint).ToArray(), boards, record);
        if (!failed)
            record.Write(paths, RecordFile, Fingerprint, told.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning));
    }

    private void Run(IReadOnlyList<ModelJob> jobs, List<(int Index, ModelRun Run)> runs, KeptRun?[] done)
    {
        if (runs.Count == 0)
            return;
        using var cores = Cores.Request(BuildEngine, runs.Count);
        long[] sizes = runs.Select(run => SizeOf(jobs[run.Index])).ToArray();
        ParallelWork.Run(sizes, cores.Count, i => runs[i].Run.Optimize(Tell, cancellation.Token), i =>
        {
            // Each has a log of its own, since one that failed must not keep the next from being written.
            var log = new TaskLoggingHelper(this);
            try
            {
                lock (logging)
                    runs[i].Run.Finish(log, Report);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                ReportDefect(log, exception, jobs[runs[i].Index].Name);
            }
            done[runs[i].Index] = runs[i].Run.Done;
            failed |= runs[i].Run.Done is null;
        });
    }

    /// <summary>What all models together need: from those that ran and those that did not.</summary>
    private void AddUp(IReadOnlyList<ModelJob> jobs, ModelFootprint[] footprints, BoardCatalog boards, GeneratedRecord record)
    {
        ProjectBudget budget = ProjectBudget.Of(footprints, boards);
        if (Together)
        {
            foreach (BoardTotal total in budget.Boards)
                Log.Tell(MessageImportance.High, total.Summary());
            foreach (Diagnostic diagnostic in budget.Diagnostics)
                Report(Log, diagnostic, ProjectFile);
        }
        new ProjectSizes(paths, BudgetFile, UpdateBudget).Check(jobs, footprints, (diagnostic, file) => Report(Log, diagnostic, file),
            line => Log.Tell(MessageImportance.High, line), isGood: !failed);
        if (failed)
            return;
        var headers = new ArenaGroupFiles(paths);
        foreach (ArenaGroup group in budget.Groups)
        {
            foreach ((string path, string sha256) in headers.Write(group, jobs.Where(job => job["ArenaGroup"] == group.Name).ToArray()))
                record.Add("Header", group.Name, "", path, sha256);
        }
        TellKept(headers.Forget());
    }

    /// <summary>Removes what models generated that the project no longer has.</summary>
    private void RemoveOrphans(IReadOnlyList<ModelJob> jobs)
    {
        // What was generated once may be a model of the project by now.
        var kept = new HashSet<string>(jobs.SelectMany(job => job.GeneratedFiles.Select(file => file.Path).Append(job.Name)).Select(paths.Absolute),
            StringComparer.OrdinalIgnoreCase);
        var lists = new FileLists(paths);
        foreach (string list in lists.OfModels()
            .Where(list => !jobs.Any(job => string.Equals(paths.Absolute(job.FileList), list, StringComparison.OrdinalIgnoreCase))))
            TellKept(lists.Remove(list, kept.Contains));
    }

    private void TellKept(IEnumerable<string> files)
    {
        foreach (string file in files)
            Log.Tell(MessageImportance.High, $"{file} stays: it is not what TinyReorder wrote for this project");
    }

    private BoardCatalog Boards() => string.IsNullOrEmpty(BoardFile)
        ? BoardCatalog.BuiltIn
        : BoardCatalog.BuiltIn.With(BoardCatalog.Load(InputFile.Read(paths.Absolute(BoardFile!), BoardFile!, DiagnosticCodes.BadBoardFile,
            BoardCatalog.MaxFileBytes), BoardFile!));

    private long SizeOf(ModelJob job) => new FileInfo(paths.Absolute(job.Name)) is { Exists: true } file ? file.Length : 0;

    private void Tell(string progress)
    {
        lock (logging)
            Log.Tell(MessageImportance.Normal, progress);
    }

    /// <summary>Tells a diagnostic once, however many models have it.</summary>
    private void Report(TaskLoggingHelper log, Diagnostic diagnostic, string file)
    {
        Diagnostic located = diagnostic with { File = diagnostic.File ?? file };
        if (told.Add(located))
            log.Report(located);
        failed |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    private void ReportDefect(TaskLoggingHelper log, Exception exception, string file)
    {
        string where = exception.TargetSite is { } method ? $" in {method.DeclaringType?.Name}.{method.Name}" : "";
        Report(log, Diagnostic.Error(DiagnosticCodes.Defect, $"{exception.GetType().Name}{where}: {exception.Message}; this is a defect of TinyReorder, "
            + "please report it with the model"), file);
        log.LogMessage(MessageImportance.Low, "{0}", exception.ToString());
    }

    private static TaskItem Item(ModelJob job, string kind, string path)
    {
        var item = new TaskItem(EscapedPath.Of(path));
        item.SetMetadata("Kind", kind);
        item.SetMetadata("Symbol", job.Symbol);
        item.SetMetadata("Model", EscapedPath.Of(job.Name));
        return item;
    }
}
