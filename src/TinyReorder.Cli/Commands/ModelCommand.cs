using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Commands;

/// <summary>The way that every command which optimizes a model goes: read, optimize, do its own part, report.</summary>
internal static class ModelCommand
{
    /// <summary>
    /// Optimizes the model that <paramref name="line"/> names, runs <paramref name="finish"/> on the result where it holds no error, and reports
    /// the result to <paramref name="context"/>: as JSON, or as text by <paramref name="writeText"/>.
    /// </summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="Diagnostics.TinyReorderException">There is no result to report.</exception>
    public static int Run(
        CommandContext context, ParseResult line, OptimizationOptions options, Action<OptimizationResult>? finish, Action<OptimizationResult> writeText)
    {
        string path = line.GetRequiredValue(options.Model);
        OptimizationRequest request = options.ToRequest(line, context.Cancellation);
        TfliteModel model = ModelFile.Load(path);
        OptimizationResult result = SearchProgress.Show(context, path, progress => ModelOptimizer.Optimize(model, request with { Progress = progress }));
        context.Cancellation.ThrowIfCancellationRequested();
        if (result.Succeeded)
            finish?.Invoke(result);
        int exitCode = ExitCode.Of(result.Diagnostics);
        DiagnosticWriter.Write(context, result.Diagnostics, path);
        if (OutputFormat.IsJson(line))
            context.Output.Write(exitCode <= ExitCode.DoesNotFit ? ResultJson.Of(path, result) : ResultJson.OfFailure(path, result.Diagnostics));
        else
            writeText(result);
        return exitCode;
    }
}
