using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Output;

namespace TinyReorder.Build;

/// <summary>
/// Decides what each <c>TinyModel</c> generates and where, without reading any model: runs in every build, so it is quick. Writes the settings of each model to a file when they
/// changed, since MSBuild compares only files, and forgets the record of a run whose outputs are gone.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ResolveTinyModels : Microsoft.Build.Utilities.Task
{
    private static readonly string[] AllowedForEmitModel = ["", "true", "false"];

    /// <summary>The <c>TinyModel</c> items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The directory of the project, which relative paths start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Where settings and records are kept.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>A JSON file with boards of the user's own; may be empty.</summary>
    public string? BoardFile { get; set; }

    /// <summary>Whether nothing is to be written: a design-time build.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>The items with <c>Symbol</c>, <c>HeaderFile</c>, <c>SourceFile</c>, <c>ModelFile</c>, <c>OpResolverFile</c>, <c>SettingsFile</c> and <c>RecordFile</c>.</summary>
    [Output]
    public ITaskItem[] Jobs { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        string current = BuildEngine.ProjectFileOfTaskNode;
        try
        {
            var jobs = new List<ModelJob>(Models.Length);
            foreach (ITaskItem model in Models)
            {
                current = model.ItemSpec;
                jobs.Add(Resolve(model));
            }
            ReportBadValues(jobs);
            ReportCollisions(jobs);
            foreach (ModelJob job in jobs.Where(_ => !ReadOnly && !Log.HasLoggedErrors))
            {
                current = job.Name;
                Prepare(job);
            }
            Jobs = jobs.Select(job => job.Source).ToArray();
        }
        catch (TinyReorderException exception)
        {
            Log.Report(exception.Diagnostic, current);
        }
        return !Log.HasLoggedErrors;
    }

    private ModelJob Resolve(ITaskItem model)
    {
        ModelJob job = ModelJob.For(model);
        string directory = job["OutputDir"].Replace('\\', '/');
        job.Symbol = job.Symbol.Length > 0 ? job.Symbol : SymbolName.FromFileName(job.Name);
        job["Model"] = job.Name;
        var names = new GeneratedNames(job.Symbol);
        job.HeaderFile = Path.Combine(directory, names.HeaderFile);
        CodeOptions code = job.Code;
        job.SourceFile = Path.Combine(directory, names.SourceFileOf(code.Format));
        bool emitsModel = string.Equals(job["EmitModel"], "true", StringComparison.OrdinalIgnoreCase) || code.Format == SourceFormat.Incbin;
        job.ModelFile = emitsModel ? Path.Combine(directory, names.ModelFile) : "";
        job.OpResolverFile = code.EmitsOpResolver ? Path.Combine(directory, names.OpResolverFile) : "";
        job.SettingsFile = Path.Combine(StateDirectory, job.Symbol + ".settings");
        job.RecordFile = Path.Combine(StateDirectory, job.Symbol + ".generated");
        return job;
    }

    private void ReportBadValues(List<ModelJob> jobs)
    {
        foreach (ModelJob job in jobs)
        {
            if (!AllowedForEmitModel.Contains(job["EmitModel"], StringComparer.OrdinalIgnoreCase))
                Report(DiagnosticCodes.BadOption, $"EmitModel \"{job["EmitModel"]}\" is neither true nor false", job);
            if (job.ModelFile.Length > 0 && jobs.Any(other => Absolute(other.Name) == Absolute(job.ModelFile)))
                Report(DiagnosticCodes.SymbolCollision, $"{(job.Code.Format == SourceFormat.Incbin ? "Format=\"incbin\"" : "EmitModel")} would write over the model {job.ModelFile} itself: choose another OutputDir or Symbol", job);
        }
    }

    private void ReportCollisions(List<ModelJob> jobs)
    {
        GeneratedNames[] names = jobs.Select(job => new GeneratedNames(job.Symbol)).ToArray();
        for (int i = 0; i < jobs.Count; i++)
        {
            int first = Array.FindIndex(names, other => other.ClashesWith(names[i]));
            if (first < i)
                Report(DiagnosticCodes.SymbolCollision, $"generates the same files and identifiers as {jobs[first].Name}: give each TinyModel a Symbol of its own", jobs[i]);
            int registered = Array.FindIndex(names, other => other.OpResolverClashesWith(names[i]));
            if (registered >= 0 && jobs[registered].OpResolverFile.Length > 0)
                Report(DiagnosticCodes.SymbolCollision, $"generates files and identifiers that those of {jobs[registered].OpResolverFile} clash with: give it another Symbol, or {jobs[registered].Name} OpResolver=\"false\"", jobs[i]);
        }
    }

    private void Report(string code, string message, ModelJob job) => Log.Report(Diagnostic.Error(code, message), job.Name);

    private void Prepare(ModelJob job)
    {
        byte[] settings = Encoding.UTF8.GetBytes(Settings(job));
        OutputFile.WriteIfChanged(Absolute(job.SettingsFile), stream => stream.Write(settings, 0, settings.Length));
        if (!job.GeneratedFiles.All(file => File.Exists(Absolute(file))))
            OutputFile.Delete(Absolute(job.RecordFile));
    }

    /// <summary>Time stamps of inputs are among them, so that a file which is replaced by an older one counts as changed.</summary>
    private string Settings(ModelJob job)
    {
        var lines = new List<string> { "Input=" + Identify(job.Name) };
        if (!string.IsNullOrEmpty(BoardFile))
            lines.Add("Input=" + Identify(BoardFile!));
        if (job["Profile"].Length > 0)
            lines.Add("Input=" + Identify(job["Profile"]));
        if (job["Template"].Length > 0)
            lines.AddRange(GeneratedOutput.TemplateFiles(Absolute(job["Template"])).Select(file => "Input=" + Identify(file)));
        foreach (System.Collections.DictionaryEntry entry in job.Source.CloneCustomMetadata())
            lines.Add(entry.Key + "=" + entry.Value);
        lines.Sort(StringComparer.Ordinal);
        foreach (Type of in new[] { typeof(ModelOptimizer), typeof(ResolveTinyModels) })
            lines.Add(of.Assembly.GetName().Name + "=" + of.Module.ModuleVersionId);
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private string Identify(string file)
    {
        var found = new FileInfo(Absolute(file));
        return file + (found.Exists ? string.Format(CultureInfo.InvariantCulture, "|{0}|{1}", found.Length, found.LastWriteTimeUtc.Ticks) : "|missing");
    }

    private string Absolute(string path) => Path.GetFullPath(Path.Combine(ProjectDirectory, path));
}
