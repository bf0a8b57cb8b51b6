using TinyReorder.Boards;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Commands;

/// <summary>Optimizes a model for a report.</summary>
internal static class ReportRun
{
    /// <summary>The result, and the boards to choose from.</summary>
    public static (OptimizationResult Result, BoardCatalog? Boards) Optimize(CommandContext context, string path, OptimizationRequest request) =>
        Optimize(context, path, request, ModelFile.Load(path));

    /// <summary>The same for a <paramref name="model"/> that was read already.</summary>
    public static (OptimizationResult Result, BoardCatalog? Boards) Optimize(CommandContext context, string path, OptimizationRequest request,
        TfliteModel model)
    {
        OptimizationResult result = SearchProgress.Show(context, path, progress => ModelOptimizer.Optimize(model, request with { Progress = progress }));
        context.Cancellation.ThrowIfCancellationRequested();
        return (result, request.Boards);
    }
}
