using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Inputs;
using TinyReorder.Optimization;
using TinyReorder.Output;
using TinyReorder.Projects;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Build;

/// <summary>
/// Reorders one model, writes what is generated from it, and fails when the board cannot hold it; then nothing is written. The work has two parts: <see
/// cref="Optimize"/>, which may run beside others, and <see cref="Finish"/>, which logs and writes in the order of the project.
/// </summary>
internal sealed class ModelRun(ModelJob job, ProjectPaths paths, BoardCatalog boards, string profileFolder, ICollection<string> inputs)
{
    private OptimizationResult? result;
    private Exception? failure;

    /// <summary>What the model comes to; null until it has succeeded.</summary>
    public KeptRun? Done { get; private set; }

    /// <summary>Searches the order and plans the arena; what goes wrong is told by <see cref="Finish"/>.</summary>
    public void Optimize(Action<string> tell, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            TfliteModel model = ModelInput.Load(InputFile.Read(paths.Absolute(job.Name), job.Name), job.Name);
            result = ModelOptimizer.Optimize(model, RequestOf(tell, cancellation));
        }
#pragma warning disable CA1031 // whatever it is, it has to be told on the thread that logs
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }
    }

    /// <summary>Tells what was found and writes the files, unless there are errors.</summary>
    /// <param name="log">A log that has told nothing yet: warnings may be errors to it.</param>
    /// <param name="report">Tells a diagnostic.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void Finish(TaskLoggingHelper log, Action<TaskLoggingHelper, Diagnostic, string> report)
    {
        paths.Delete(job.StateFile); // a run that fails or is broken off leaves none, and so is repeated
        try
        {
            if (result is null)
                throw failure!;
            // A space first: MSBuild's terminal logger takes a line that begins with the project's name and has an arrow for the path of the project's output.
            foreach (string line in SummaryText.Of(result))
                log.Tell(MessageImportance.High, " " + line);
            foreach (string line in ReportTable.Of(result))
                log.Tell(MessageImportance.Low, line);
            foreach (Diagnostic diagnostic in result.Diagnostics)
                report(log, diagnostic, job.Name);
            IReadOnlyList<string> old = DeclareFiles();
            Write(result, log);
            if (Done is not null)
                Forget(old, log);
        }
        catch (TinyReorderException exception)
        {
            report(log, exception.Diagnostic, job.Name);
        }
        result = null;
    }

    private OptimizationRequest RequestOf(Action<string> tell, CancellationToken cancellation) => new()
    {
        Board = job["Board"],
        Sram = job["Sram"],
        Flash = job["Flash"],
        Core = job["Core"],
        ArenaRegion = job["ArenaRegion"],
        PersistentRegion = job["PersistentRegion"],
        Boards = boards,
        Runtime = job["Runtime"],
        RuntimePath = job["RuntimePath"],
        ReadRuntimeFile = file => InputFile.FindSource(paths.Absolute(Path.Combine(job["RuntimePath"], file))),
        Abi = job["Abi"],
        Kernels = job["Kernels"],
        Profile = job["Profile"].Length == 0 ? null : Profile(ModelResolver.ProfileFile(job["Profile"], paths, profileFolder)),
        Plan = job["Plan"],
        Overlap = job["Overlap"],
        Rewrite = job["Rewrite"],
        MaxWork = job["MaxWork"],
        MaxFlash = job["MaxFlash"],
        KeepInputs = job["KeepInputs"],
        ReservedSram = job["ReservedSram"],
        ReservedFlash = job["ReservedFlash"],
        ArenaMargin = job["ArenaMargin"],
        ResourceVariables = job["ResourceVariables"],
        Strict = job["Strict"],
        SearchSeconds = job["SearchSeconds"],
        Progress = progress => tell($"{job.Name}: {progress}"),
        Cancellation = cancellation,
    };

    private RuntimeProfile Profile(string path) =>
        RuntimeProfile.Load(InputFile.Read(paths.Absolute(path), path, DiagnosticCodes.BadProfileFile, RuntimeProfile.MaxFileBytes), path);

    /// <summary>Notes what will be written.</summary>
    /// <returns>What an earlier run wrote elsewhere.</returns>
    private string[] DeclareFiles()
    {
        string[] now = job.GeneratedFiles.Select(file => file.Path).ToArray();
        var kept = new HashSet<string>(now.Select(paths.Absolute).Concat(inputs), StringComparer.OrdinalIgnoreCase);
        string[] old = paths.Lines(job.FileList).Where(file => !kept.Contains(paths.Absolute(file))).ToArray();
        paths.WriteLines(job.FileList, now.Concat(old));
        return old;
    }

    /// <summary>Deletes what an earlier run wrote elsewhere.</summary>
    private void Forget(IReadOnlyList<string> old, TaskLoggingHelper log)
    {
        foreach (string file in paths.DeleteOutputs(job.Symbol, old))
            log.Tell(MessageImportance.High, $"{file} stays: it is not what TinyReorder wrote for this project");
        paths.WriteLines(job.FileList, job.GeneratedFiles.Select(file => file.Path));
    }

    /// <summary>Writes all files, or the reports alone where there are errors: a model that overflows is the one that needs them.</summary>
    private void Write(OptimizationResult found, TaskLoggingHelper log)
    {
        ReportFile[] reports = job.ReportFiles.Any() ? ReportFiles.Of(MemoryReport.Of(found, boards), job["Report"], job.Symbol).ToArray() : [];
        IReadOnlyList<WrittenOutput> written = PutInPlace(found, reports, withCode: !log.HasLoggedErrors);
        foreach (ReportFile report in reports)
            log.Tell(MessageImportance.High, $"    report {paths.Absolute(job.BesideHeader(report.Name))}");
        if (log.HasLoggedErrors)
            return;
        foreach ((string file, string copy) in job.HeaderCopies)
            paths.Copy(file, copy);
        var done = new KeptRun(
            ModelFootprint.Of(found, job.Symbol, job.Board, job["ArenaGroup"], job["ArenaSharing"]) with
            { ArenaRegion = job.Given("ArenaRegion"), PersistentRegion = job.Given("PersistentRegion") },
            [.. job.GeneratedFiles.Select(file => (file.Path, written.First(output => output.Path == paths.Absolute(file.Path)).Sha256))],
            [.. found.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)]);
        ModelState.Write(job, paths, done);
        Done = done;
    }

    /// <summary>
    /// Nothing is left beside the files when it returns, so that a run that ends before its state is written is the only one to leave something.
    /// </summary>
    private IReadOnlyList<WrittenOutput> PutInPlace(OptimizationResult found, IEnumerable<ReportFile> reports, bool withCode)
    {
        using var outputs = new OwnedOutputs(paths.Owner, job.Symbol);
        foreach (ReportFile report in reports)
            outputs.Add(paths.Absolute(job.BesideHeader(report.Name)), Encoding.UTF8.GetBytes(report.Content));
        if (withCode)
            AddCode(found, outputs);
        return outputs.TakePlace();
    }

    private void AddCode(OptimizationResult found, OwnedOutputs outputs)
    {
        string template = job["Template"];
        CodeGenerator generator = GeneratedOutput.Generator(template.Length > 0 ? paths.Absolute(template) : null, template);
        GeneratedModel generated = GeneratedOutput.Describe(found, job.Symbol, job.Code);
        // The model before the source, which may include it.
        if (job.ModelFile.Length > 0)
            outputs.Add(paths.Absolute(job.ModelFile), found.OptimizedModel);
        outputs.Add(paths.Absolute(job.HeaderFile), stream => generator.WriteHeader(generated, stream));
        outputs.Add(paths.Absolute(job.SourceFile), stream => generator.WriteSource(generated, stream));
        if (generated.OpResolver is { } resolver)
            outputs.Add(paths.Absolute(job.OpResolverFile), stream => generator.WriteOpResolver(job.Symbol, resolver, stream));
        if (job.SelfTestFile.Length > 0)
        {
            var test = SelfTest.Of(found, job.Symbol, found.Profile);
            outputs.Add(paths.Absolute(job.SelfTestFile), stream => generator.WriteSelfTest(test, stream));
        }
    }
}
