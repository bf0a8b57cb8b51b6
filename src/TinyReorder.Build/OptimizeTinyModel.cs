using System.Text;
using Microsoft.Build.Framework;
using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Output;
using TinyReorder.Reports;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Build;

/// <summary>Reorders one model, writes what is generated from it, and fails when the board cannot hold it; then nothing is written.</summary>
[MSBuildMultiThreadableTask]
public sealed class OptimizeTinyModel : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>An item of <see cref="ResolveTinyModels.Jobs"/>.</summary>
    [Required]
    public ITaskItem Model { get; set; } = null!;

    /// <summary>The directory of the project, which relative paths start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>A JSON file with boards of the user's own; may be empty.</summary>
    public string? BoardFile { get; set; }

    /// <inheritdoc/>
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => cancellation.Dispose();

    /// <inheritdoc/>
    public override bool Execute()
    {
        var job = new ModelJob(Model);
        try
        {
            TfliteModel model = TfliteModel.Load(InputFile.Read(Absolute(job.Name), job.Name), job.Name);
            OptimizationResult result = ModelOptimizer.Optimize(model, RequestOf(job));
            Tell(result, job);
            WriteReports(result, job);
            if (!Log.HasLoggedErrors)
                Write(result, job);
        }
        catch (TinyReorderException exception)
        {
            Log.Report(exception.Diagnostic, job.Name);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        return !Log.HasLoggedErrors;
    }

    private OptimizationRequest RequestOf(ModelJob job) => new()
    {
        Board = job["Board"],
        Boards = Boards(),
        Runtime = job["Runtime"],
        Kernels = job["Kernels"],
        Profile = Profile(job["Profile"]),
        Plan = job["Plan"],
        Overlap = job["Overlap"],
        KeepInputs = job["KeepInputs"],
        ReservedSram = job["ReservedSram"],
        ReservedFlash = job["ReservedFlash"],
        ArenaMargin = job["ArenaMargin"],
        ResourceVariables = job["ResourceVariables"],
        Strict = job["Strict"],
        SearchSeconds = job["SearchSeconds"],
        Progress = progress => Log.LogMessage(MessageImportance.Normal, "{0}", $"{job.Name}: {progress}"),
        Cancellation = cancellation.Token,
    };

    private BoardCatalog Boards() => string.IsNullOrEmpty(BoardFile)
        ? BoardCatalog.BuiltIn
        : BoardCatalog.BuiltIn.With(BoardCatalog.Load(InputFile.Read(Absolute(BoardFile!), BoardFile!, DiagnosticCodes.BadBoardFile), BoardFile!));

    private RuntimeProfile? Profile(string path) => path.Length == 0
        ? null
        : RuntimeProfile.Load(InputFile.Read(Absolute(path), path, DiagnosticCodes.BadProfileFile), path);

    private void Tell(OptimizationResult result, ModelJob job)
    {
        foreach (string line in SummaryText.Of(result))
            Log.LogMessage(MessageImportance.High, "{0}", line);
        foreach (string line in ReportTable.Of(result))
            Log.LogMessage(MessageImportance.Low, "{0}", line);
        foreach (Diagnostic diagnostic in result.Diagnostics)
            Log.Report(diagnostic, job.Name);
    }

    /// <summary>Reports come before the verdict: a model that overflows is the one that needs them.</summary>
    private void WriteReports(OptimizationResult result, ModelJob job)
    {
        OutputFile.Delete(Absolute(job.ReportListFile));
        IReadOnlyList<ReportFile> reports = ReportFiles.Of(MemoryReport.Of(result, Boards()), job["Report"], job.Symbol);
        foreach (ReportFile report in reports)
        {
            WriteText(job.BesideHeader(report.Name), report.Content);
            Log.LogMessage(MessageImportance.High, "{0}", $"    report {Absolute(job.BesideHeader(report.Name))}");
        }
        if (reports.Count > 0)
            WriteText(job.ReportListFile, string.Concat(reports.Select(report => job.BesideHeader(report.Name) + "\n")));
    }

    private void WriteText(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        OutputFile.WriteIfChanged(Absolute(path), stream => stream.Write(bytes, 0, bytes.Length));
    }

    private void Write(OptimizationResult result, ModelJob job)
    {
        string template = job["Template"];
        CodeGenerator generator = GeneratedOutput.Generator(template.Length > 0 ? Absolute(template) : null, template);
        GeneratedModel generated = GeneratedOutput.Describe(result, job.Symbol, job.Code);
        OutputFile.Delete(Absolute(job.RecordFile)); // a run that is broken off from here on leaves none, and so is repeated
        OutputFile.WriteIfChanged(Absolute(job.HeaderFile), stream => generator.WriteHeader(generated, stream));
        // The model before the source, which may include it.
        if (job.ModelFile.Length > 0)
            OutputFile.WriteIfChanged(Absolute(job.ModelFile), stream => stream.Write(result.OptimizedModel, 0, result.OptimizedModel.Length));
        OutputFile.WriteIfChanged(Absolute(job.SourceFile), stream => generator.WriteSource(generated, stream));
        if (generated.OpResolver is { } resolver)
            OutputFile.WriteIfChanged(Absolute(job.OpResolverFile), stream => generator.WriteOpResolver(job.Symbol, resolver, stream));
        WriteText(job.RecordFile, string.Concat(job.GeneratedFiles.Select(file => file + "\n")));
    }

    private string Absolute(string path) => Path.GetFullPath(Path.Combine(ProjectDirectory, path));
}
