using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Cli.Printing;
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
    /// <param name="context">Where to write to.</param>
    /// <param name="line">The command line.</param>
    /// <param name="options">Its options.</param>
    /// <param name="finish">What the command does with a good result; null for nothing.</param>
    /// <param name="writeText">Writes the result for people.</param>
    /// <param name="check">Adds to the result what else is to be told of it; null for nothing.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="Diagnostics.TinyReorderException">There is no result to report.</exception>
    public static int Run(
        CommandContext context, ParseResult line, OptimizationOptions options, Action<OptimizationResult>? finish, Action<OptimizationResult> writeText,
        Func<OptimizationResult, OptimizationResult>? check = null)
    {
        string path = line.GetRequiredValue(options.Model);
        OptimizationRequest request = options.ToRequest(line, context.Cancellation);
        TfliteModel model = ModelFile.Load(path);
        OptimizationResult result = SearchProgress.Show(context, path, progress => ModelOptimizer.Optimize(model, request with { Progress = progress }));
        context.Cancellation.ThrowIfCancellationRequested();
        result = check?.Invoke(result) ?? result;
        if (result.Succeeded)
            finish?.Invoke(result);
        int exitCode = ExitCode.Of(result.Diagnostics);
        DiagnosticWriter.Write(context, result.Diagnostics, path);
        if (OutputFormat.IsJson(line))
            context.Output.Write(exitCode <= ExitCode.DoesNotFit ? ResultJson.Of(path, result) : ResultJson.OfFailure(path, result.Diagnostics));
        else if (OutputFormat.IsMarkdown(line))
            context.Output.Write(ResultMarkdown.Of(result));
        else
            writeText(result);
        return exitCode;
    }
}
