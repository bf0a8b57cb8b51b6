using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>
/// Finds an order of the operators whose peak is minimal: the largest sum, over the steps, of live tensors and of what the running operator reserves
/// (Sudharsan et al. 2021, equation 2). The file's order is kept where it is optimal; else the result is the closest to it that <see cref="ClosestOrder"/>
/// finds.
/// </summary>
internal static class OrderSearch
{
    /// <summary>Searches the orders of <paramref name="graph"/>.</summary>
    /// <exception cref="OperationCanceledException">The token of the limits was cancelled.</exception>
    public static OrderResult Search(Graph graph, SearchLimits? limits = null, SearchTechniques? techniques = null)
    {
        if (graph.Operators.Count > 1)
            return new OrderSearchRun(graph, limits ?? new SearchLimits(), techniques ?? new SearchTechniques()).Run();
        int[] only = graph.Operators.Select(op => op.Index).ToArray();
        long peakBytes = MemoryMap.Of(graph, only).PeakBytes;
        return new OrderResult(only, peakBytes, peakBytes, 0, TimeSpan.Zero);
    }
}
