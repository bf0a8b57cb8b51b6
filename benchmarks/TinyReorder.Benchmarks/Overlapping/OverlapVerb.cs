using TinyReorder.Benchmarks.Running;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Benchmarks.Overlapping;

/// <summary>The networks of the paper's table 1 with and without overlap, beside the paper's figures and the widest tensor.</summary>
internal static class OverlapVerb
{
    public static int Run(Arguments arguments)
    {
        var table = new MarkdownTable(Console.Out, "Network", "Paper before, B", "Paper after, B", "Widest tensor, B", "TFLM's planner, B", "Best order, B",
            "In place, B", "Diagonal, B", "Lower bound, B", "Above paper, B", "Output row, B");
        foreach (ZooNetwork network in NetworkZoo.Networks)
        {
            var model = TfliteModel.Load(network.Build().Build(), network.Name);
            OptimizationResult result = ModelOptimizer.Optimize(model,
                new OptimizationRequest { Runtime = "none", Kernels = arguments.Text("--kernels") ?? "reference", Plan = "offline", Overlap = "diagonal" });
            ArenaResult diagonal = Planned(result, OverlapChoice.Diagonal);
            long widest = result.Subgraphs[0].Graph.Tensors.Max(tensor => tensor.Bytes);
            table.Row(
                network.Name,
                MarkdownTable.Number(network.PublishedPeakBytes),
                MarkdownTable.Number(network.PublishedReorderedPeakBytes),
                MarkdownTable.Number(widest),
                MarkdownTable.Number(result.Plans[0].PlannedBytes),
                MarkdownTable.Number(Planned(result, OverlapChoice.None).PlannedBytes),
                MarkdownTable.Number(Planned(result, OverlapChoice.InPlace).PlannedBytes),
                MarkdownTable.Number(diagonal.PlannedBytes),
                MarkdownTable.Number(diagonal.PlacementBoundBytes),
                MarkdownTable.Number(diagonal.PlannedBytes - network.PublishedReorderedPeakBytes),
                MarkdownTable.Number(NetworkZoo.WidestRowBytes(model)));
        }
        return 0;
    }

    private static ArenaResult Planned(OptimizationResult result, OverlapChoice overlap) =>
        result.Plans.LastOrDefault(plan => plan.Plan == PlanChoice.Offline && plan.Overlap == overlap)
            ?? result.Plans.Last(plan => plan.Plan == PlanChoice.Offline && plan.Overlap <= overlap);
}
