using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Optimization;

namespace TinyReorder.Reports;

/// <summary>Refuses reports of models that no page could show: each operator is a row that lists what lives.</summary>
internal static class ReportSize
{
    /// <summary>The most operators and tensors; the largest networks for phones have some thousands.</summary>
    public const int MostRows = 20_000;

    /// <summary>The most tensors, counted in each step in which they live, in each order.</summary>
    public const long MostCells = 1_000_000;

    /// <exception cref="TinyReorderException">TINY2009.</exception>
    public static void Check(OptimizationResult result)
    {
        long rows = result.Model.Subgraphs.Sum(subgraph => (long)subgraph.Operators.Count + subgraph.Tensors.Count);
        if (rows > MostRows)
            throw TooLarge(result, $"{Quantity.Count(rows)} operators and tensors, and at most {Quantity.Count(MostRows)} are shown");
        long cells = Math.Max(result.Subgraphs.Sum(subgraph => Cells(subgraph, subgraph.DefaultMap)),
            result.Subgraphs.Sum(subgraph => Cells(subgraph, subgraph.Map)));
        if (cells > MostCells)
            throw TooLarge(result, $"{Quantity.Count(cells)} tensors in its steps, and at most {Quantity.Count(MostCells)} are shown");
    }

    private static long Cells(SubgraphResult subgraph, MemoryMap map)
    {
        int[] stepOf = new int[subgraph.Graph.Operators.Count];
        for (int step = 1; step < map.Steps.Count; step++)
            stepOf[map.Steps[step].Operator] = step;
        return subgraph.Graph.Tensors.Sum(tensor => 1L + map.LastUse[tensor.Id] - (tensor.IsInput ? 0 : stepOf[tensor.Producer]));
    }

    private static TinyReorderException TooLarge(OptimizationResult result, string what) => new(Diagnostic.Error(
        DiagnosticCodes.SizeOverflow, $"a memory map of this model would have {what}; leave the report out") with
    { File = result.Model.Name });
}
