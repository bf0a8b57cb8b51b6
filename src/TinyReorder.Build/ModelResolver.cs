using Microsoft.Build.Framework;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Optimization;
using TinyReorder.Output;
using TinyReorder.Planning;
using TinyReorder.Projects;
using TinyReorder.Runtimes;

namespace TinyReorder.Build;

/// <summary>Decides what each <c>TinyModel</c> generates and where, without reading any model.</summary>
internal sealed class ModelResolver(ProjectPaths paths, string boardFile, string profileFolder, string ignoredMetadata, Action<Diagnostic, string> report)
{
    private static readonly string[] AllowedForEmitModel = ["", "true", "false"];

    /// <summary>Whether <paramref name="model"/> is a reordered model that an earlier build of the project wrote, as it wrote it.</summary>
    public static bool IsOwnOutput(string model, ProjectPaths paths) =>
        paths.Exists(model) && Ownership.Wrote(paths.Owner, Path.GetFileNameWithoutExtension(model), paths.Absolute(model));

    /// <summary>The jobs of <paramref name="models"/>; all that is wrong with them is reported.</summary>
    public IReadOnlyList<ModelJob> Resolve(IEnumerable<ITaskItem> models)
    {
        var jobs = new List<ModelJob>();
        foreach (ITaskItem model in models)
        {
            var job = new ModelJob(model);
            try
            {
                Resolve(job);
                jobs.Add(job);
            }
            catch (TinyReorderException exception)
            {
                report(exception.Diagnostic, job.Name);
            }
        }
        ReportCollisions(jobs);
        ReportInputs(jobs, hasGroups: ReportGroups(jobs));
        return jobs;
    }

    private void Resolve(ModelJob job)
    {
        string directory = job["OutputDir"].Replace('\\', '/'), selfTestDirectory = job["SelfTest"].Replace('\\', '/');
        if ((job.Name + directory + selfTestDirectory).Any(c => c == GeneratedRecord.Separator || char.IsControl(c)))
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption,
                $"paths of models, OutputDir and SelfTest cannot have a {GeneratedRecord.Separator} or control characters"));
        job.Symbol = job["Symbol"].Length > 0 ? job["Symbol"] : SymbolName.FromFileName(job.Name);
        bool isStrict = string.Equals(job["Strict"], "true", StringComparison.OrdinalIgnoreCase);
        foreach (Diagnostic diagnostic in MetadataNames.Check(job.MetadataNames, ignoredMetadata, isStrict))
            report(diagnostic, job.Name);
        var names = new GeneratedNames(job.Symbol);
        job.HeaderFile = Path.Combine(directory, names.HeaderFile);
        CodeOptions code = job.Code;
        job.SourceFile = Path.Combine(directory, names.SourceFileOf(code.Format));
        bool emitsModel = string.Equals(job["EmitModel"], "true", StringComparison.OrdinalIgnoreCase) || code.Format == SourceFormat.Incbin;
        job.ModelFile = emitsModel ? Path.Combine(directory, names.ModelFile) : "";
        job.OpResolverFile = code.EmitsOpResolver ? Path.Combine(directory, names.OpResolverFile) : "";
        job.SelfTestFile = selfTestDirectory.Length > 0 ? Path.Combine(selfTestDirectory, names.SelfTestFile) : "";
        if (selfTestDirectory.Length > 0 && string.Equals(job["Runtime"], ArenaResult.NoRuntime, StringComparison.OrdinalIgnoreCase))
            report(Diagnostic.Error(DiagnosticCodes.BadOption, "SelfTest runs the model on TensorFlow Lite Micro, but Runtime is \"none\": leave one of "
                + "them out"), job.Name);
        if (code.EmitsArena && job["ArenaGroup"].Length > 0)
            report(Diagnostic.Error(DiagnosticCodes.BadOption, "EmitArena defines an arena for this model alone, but it shares that of ArenaGroup "
                + $"\"{Quote.Text(job["ArenaGroup"])}\": leave EmitArena out and define one array of the group's size"), job.Name);
        job.StateFile = Path.Combine(paths.StateDirectory, job.Symbol + ".state");
        job.FileList = Path.Combine(paths.StateDirectory, job.Symbol + ".generated");
        _ = job.ReportFiles.Count();
        _ = job.Board;
        ModelFootprint.ParseSharing(job["ArenaSharing"]);
        if (!AllowedForEmitModel.Contains(job["EmitModel"], StringComparer.OrdinalIgnoreCase))
            report(Diagnostic.Error(DiagnosticCodes.BadOption, $"EmitModel \"{job["EmitModel"]}\" is neither true nor false"), job.Name);
        job.Settings = Settings(job);
    }

    private void ReportCollisions(List<ModelJob> jobs)
    {
        GeneratedNames[] names = jobs.Select(job => new GeneratedNames(job.Symbol)).ToArray();
        for (int i = 0; i < jobs.Count; i++)
        {
            ModelJob job = jobs[i];
            int first = Array.FindIndex(names, other => other.ClashesWith(names[i]));
            if (first < i)
            {
                string message = Same(jobs[first].Name, job.Name)
                    ? "is listed twice: give the item its metadata with Update, or Remove it from the wildcard before it is included again"
                    : $"generates the same files and identifiers as {jobs[first].Name}: give each TinyModel a Symbol of its own";
                report(Diagnostic.Error(DiagnosticCodes.SymbolCollision, message), job.Name);
            }
            int registered = Array.FindIndex(names, other => other.OpResolverClashesWith(names[i]));
            if (registered >= 0 && jobs[registered].OpResolverFile.Length > 0)
                report(Diagnostic.Error(DiagnosticCodes.SymbolCollision, $"generates files and identifiers that those of {jobs[registered].OpResolverFile} "
                    + $"clash with: give it another Symbol, or {jobs[registered].Name} OpResolver=\"false\""), job.Name);
        }
    }

    /// <summary>No output may replace a file that the same build reads.</summary>
    private void ReportInputs(List<ModelJob> jobs, bool hasGroups)
    {
        var inputs = new HashSet<string>(jobs.SelectMany(InputFiles).Select(file => FinalPath.Of(paths.Absolute(file))), FinalPath.Comparer);
        foreach (ModelJob job in jobs)
        {
            IEnumerable<string> outputs = job.GeneratedFiles.Select(file => file.Path);
            if (hasGroups && job["ArenaGroup"].Length > 0)
                outputs = outputs.Concat(ArenaGroupFiles.Files(job["ArenaGroup"], [job], paths));
            if (outputs.FirstOrDefault(file => inputs.Contains(FinalPath.Of(paths.Absolute(file)))) is { } lost)
                report(Diagnostic.Error(DiagnosticCodes.SymbolCollision, $"would write over {lost}, which this build reads: choose another OutputDir or "
                    + "Symbol"), job.Name);
        }
    }

    private IEnumerable<string> InputFiles(ModelJob job) =>
        new[] { job.Name, boardFile, job["Profile"].Length > 0 ? ProfileFile(job["Profile"], paths, profileFolder) : "" }.Where(file => file.Length > 0)
            .Concat(job["Template"].Length > 0 ? GeneratedOutput.TemplateFiles(paths.Absolute(job["Template"])) : []);

    /// <summary>What is wrong with groups is told before anything is searched.</summary>
    /// <returns>Whether nothing is.</returns>
    private bool ReportGroups(List<ModelJob> jobs)
    {
        try
        {
            ArenaGroup.Of(jobs.Select(job =>
                job.With(new ModelFootprint { Model = job.Name, Symbol = job.Symbol, ArenaBytes = 0, PersistentBytes = 0, FlashBytes = 0 })).ToArray());
            return true;
        }
        catch (TinyReorderException exception)
        {
            report(exception.Diagnostic, "");
            return false;
        }
    }

    private bool Same(string path, string other) => paths.Absolute(path) == paths.Absolute(other);

    /// <summary>What files hold is among them by its hash, never by its time: archives and copies keep times, and clocks are wrong.</summary>
    private string Settings(ModelJob job)
    {
        List<string> lines = [.. InputFiles(job).Select(Identify), .. job.Metadata];
        if (job["RuntimePath"].Length > 0)
            lines.AddRange(RuntimeFiles(job["RuntimePath"]));
        lines.Sort(StringComparer.Ordinal);
        lines.AddRange(new[] { typeof(ModelOptimizer), typeof(ModelResolver) }.Select(of => of.Assembly.GetName().Name + "=" + of.Module.ModuleVersionId));
        return string.Join("\n", lines.Select(line => line.Replace("\r", " ").Replace("\n", " ")));
    }

    /// <summary>The profile's file: of that path, or of that id in the folder of profiles, relative to the project.</summary>
    public static string ProfileFile(string profile, ProjectPaths paths, string profileFolder) =>
        paths.Exists(profile) ? profile : ProfileFolder.Find(profile, paths.Absolute(profile), [paths.Absolute(profileFolder)]) is null
            ? profile : profileFolder.TrimEnd('/', '\\') + "/" + profile + ".json";

    /// <summary>The files of the library that tell its version.</summary>
    private SortedSet<string> RuntimeFiles(string folder)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        ReleaseCatalog.Recognise(file =>
        {
            byte[]? content = InputFile.FindSource(paths.Absolute(Path.Combine(folder, file)));
            files.Add(Path.Combine(folder, file) + GeneratedRecord.Separator + (content is null ? "missing" : ContentHash.Of(content)));
            return content;
        });
        return files;
    }

    private string Identify(string file) => file + GeneratedRecord.Separator + (ContentHash.OfFile(paths.Absolute(file)) ?? "missing");
}
