using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Optimization;

namespace TinyReorder.Reports;

/// <summary>The memory map of the new order as text: a row an operator, in the order in which they run.</summary>
internal static class ReportTable
{
    private static readonly string[] Heads = ["step", "operator", "kind", "inputs", "outputs", "others", "scratch", "total"];

    /// <summary>The lines of all subgraphs, without line ends.</summary>
    public static IEnumerable<string> Of(OptimizationResult result) => result.Subgraphs.SelectMany(Of);

    private static IEnumerable<string> Of(SubgraphResult subgraph)
    {
        yield return $"subgraph {subgraph.Index}{(subgraph.Name.Length > 0 ? $" '{subgraph.Name}'" : "")}, bytes live while each operator runs (* is the "
            + "peak):";
        List<string[]> rows = [Heads, .. subgraph.Map.Steps.Select((step, index) => Row(subgraph, step, index))];
        int[] widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (string[] row in rows)
            yield return "  " + string.Join("  ", row.Select((cell, column) => Align(cell, column, widths[column]))).TrimEnd();
    }

    private static string[] Row(SubgraphResult subgraph, MemoryStep step, int index) =>
    [
        index.ToString(CultureInfo.InvariantCulture),
        step.Operator < 0 ? "" : step.Operator.ToString(CultureInfo.InvariantCulture),
        step.Operator < 0 ? "(inputs)" : subgraph.Graph.Operators[step.Operator].Kind,
        Quantity.Count(step.InputBytes),
        Quantity.Count(step.OutputBytes),
        Quantity.Count(step.OtherBytes),
        Quantity.Count(step.ReservedBytes),
        Quantity.Count(step.TotalBytes) + (step.TotalBytes == subgraph.PeakBytes ? " *" : "  "),
    ];

    private static string Align(string cell, int column, int width) => Heads[column] == "kind" ? cell.PadRight(width) : cell.PadLeft(width);
}
