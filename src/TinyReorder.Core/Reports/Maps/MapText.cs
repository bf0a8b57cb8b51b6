using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Rewrites;

namespace TinyReorder.Reports.Maps;

/// <summary>
/// The memory map as text: a table of the tensors, a table of the steps for each order, and the line with the peak, as tools of the field print them.
/// </summary>
internal static class MapText
{
    private const int LongestName = 36, MostIds = 12;

    // Before the sum, which it is taken off.
    private const int SharedColumn = 9;

    // Behind the operator of the rewritten file.
    private const int OriginalColumn = 3;

    // Constants up to here are shapes, axes and the like, not weights to multiply with.
    private const long LargestSetting = 256;

    /// <summary>The tables of a subgraph: tensors, the file's order, and what was chosen where order or overlap are others.</summary>
    /// <param name="subgraph">The subgraph.</param>
    /// <param name="macs">Whether the multiplications of each operator are shown.</param>
    /// <param name="sizes">Whether the bytes of each operator's parameters are shown.</param>
    public static IEnumerable<TextTable> Tables(SubgraphReport subgraph, bool macs = false, bool sizes = false)
    {
        yield return Tensors(subgraph);
        bool isOther = subgraph.IsReordered || subgraph.SharesOtherwise;
        yield return Steps(subgraph.Default, isOther ? subgraph.DefaultTitle : $"{subgraph.DefaultTitle}, which is the chosen one", macs, sizes);
        if (isOther)
            yield return Steps(subgraph.Chosen, subgraph.ChosenTitle, macs, sizes);
    }

    /// <summary>All lines of <paramref name="report"/>, without line ends.</summary>
    public static IEnumerable<string> Lines(MemoryReport report, bool macs = false, bool sizes = false)
    {
        foreach (SubgraphReport subgraph in report.Subgraphs)
        {
            if (report.Subgraphs.Count > 1)
                yield return SubgraphLine(subgraph);
            foreach ((TextTable table, OrderReport? order) in WithOrders(subgraph, macs, sizes))
            {
                yield return table.Title;
                foreach (string line in table.Lines())
                    yield return line;
                if (order is not null)
                    yield return order.PeakLine;
                yield return "";
            }
        }
        foreach (TextTable table in OfModel(report))
        {
            yield return table.Title;
            foreach (string line in table.Lines())
                yield return line;
            yield return "";
        }
        foreach (string line in Totals(report, macs, sizes))
            yield return line;
    }

    /// <summary>The line above the tables of one of several subgraphs.</summary>
    public static string SubgraphLine(SubgraphReport subgraph) =>
        $"subgraph {subgraph.Index}{(subgraph.Name.Length > 0 ? $" '{ShortText.Middle(subgraph.Name, LongestName)}'" : "")}"
            + (subgraph.Loop is { } loop ? $", {loop.Title}" : subgraph.IsRewritten ? ", rewritten" : "");

    /// <summary>Each table of a subgraph with the order that it is of; null for the tensors.</summary>
    public static IEnumerable<(TextTable Table, OrderReport? Order)> WithOrders(SubgraphReport subgraph, bool macs = false, bool sizes = false) =>
        Tables(subgraph, macs, sizes).Select((table, i) => (table, i == 0 ? null : i == 1 ? subgraph.Default : subgraph.Chosen));

    /// <summary>What is shown of the whole model before the last lines: where a rewrite adds work.</summary>
    public static IEnumerable<TextTable> OfModel(MemoryReport report) => report.Rewrite is { Work.Count: > 0 } rewrite ? [WorkTable.Of(rewrite)] : [];

    /// <summary>The last lines: peaks before and after, flash, and the sums of what the tables show.</summary>
    public static IEnumerable<string> Totals(MemoryReport report, bool macs = false, bool sizes = false)
    {
        yield return report.PeakBytes == report.DefaultPeakBytes
            ? $"Current peak memory usage: {Quantity.Bytes(report.PeakBytes)}"
            : $"Current peak memory usage: {Quantity.Bytes(report.DefaultPeakBytes)}; in {TitleOf(report)}: {Quantity.Bytes(report.PeakBytes)}";
        long rounded = report.Subgraphs.Max(subgraph => subgraph.Chosen.Steps.Max(step => step.RoundedBytes));
        if (!report.IsStreamed && rounded != report.PeakBytes)
            yield return $"The runtime rounds each tensor up, so it counts {Quantity.Bytes(rounded)} there.";
        yield return $"Model array in flash: {Quantity.Bytes(report.FlashBytes)}";
        foreach (string line in Loops(report))
            yield return line;
        (StepRow Row, int Runs)[] steps = [.. report.Subgraphs.SelectMany(subgraph => subgraph.Default.Steps.Select(row => (row, subgraph.Runs)))];
        if (macs)
        {
            string[] uncounted = steps.Where(step => step.Row.Macs is null && step.Row.ParameterBytes > LargestSetting)
                .Select(step => ForeignText.Line(step.Row.Kind))
                .Distinct().ToArray();
            yield return $"MACs: {Quantity.Count(steps.Aggregate(0L, (sum, step) => Saturated(sum, Times(step.Row.Macs ?? 0, step.Runs))))}"
                + $"{(uncounted.Length > 0 ? $" (not counted: {string.Join(", ", uncounted)})" : "")}";
        }
        if (sizes)
            yield return $"Parameters, shared ones counted at each operator: {Quantity.Bytes(steps.Sum(step => step.Row.ParameterBytes))}";
    }

    private static IEnumerable<string> Loops(MemoryReport report)
    {
        if (report.Rewrite is not { } rewrite)
            yield break;
        for (int k = 0; k < rewrite.Regions.Count; k++)
        {
            StreamedRegion region = rewrite.Regions[k];
            string rows = region.RowsPerTurn == 1 ? "1 row" : $"{Number(region.RowsPerTurn)} rows";
            string operators = string.Join(", ", rewrite.OperatorsOf(region).Select(op => ShortText.Middle(rewrite.NameOf(op), LongestName)));
            string turns = region.Body is null ? $"{Quantity.Count(region.Turns)} bands of {rows}" : $"{rows} a turn, {Quantity.Count(region.Turns)} turns";
            yield return $"{rewrite.RegionName(k + 1)}: {turns}; of the original: {operators}";
        }
        string ratio = rewrite.WorkRatio.ToString("0.000", CultureInfo.InvariantCulture);
        yield return $"Predicted work: {ratio} times that of the original ({rewrite.WorkUnit}, {rewrite.WorkModel}); "
            + $"added flash: {Quantity.Bytes(rewrite.AddedFlashBytes)}";
    }

    private static string TitleOf(MemoryReport report) => report.Chosen.Plan.RewriteWord is { } word ? $"the {word} form" : report.Subgraphs.All(subgraph => !subgraph.IsReordered) ? OrderReport.OverlapTitle : OrderReport.ChosenTitle;

    private static long Times(long count, int runs) => count > long.MaxValue / runs ? long.MaxValue : count * runs;

    private static long Saturated(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static TextTable Tensors(SubgraphReport subgraph) => new(
        "tensors",
        [("id", true), ("name", false), ("shape", false), ("type", false), ("bytes", true)],
        subgraph.Tensors.Select(tensor =>
            new[] { Number(tensor.Index), ShortText.Middle(tensor.Name, LongestName), ShortText.Shape(tensor.Shape), tensor.Type,
            Quantity.Count(tensor.Bytes) }).ToArray());

    private static TextTable Steps(OrderReport order, string title, bool macs, bool sizes)
    {
        List<(string Heading, bool IsNumber)> columns =
            [("step", true), ("op", true), ("operator", false), ("output", false), ("tensors in memory", false), ("inputs", true), ("outputs", true),
                ("others", true), ("reserved", true), ("bytes", true)];
        if (macs)
            columns.Add(("MACs", true));
        if (sizes)
            columns.Add(("parameters", true));
        bool shares = order.Steps.Any(step => step.SharedBytes > 0);
        if (shares)
            columns.Insert(SharedColumn, ("shared", true));
        bool isRewritten = order.Steps.Any(step => step.Original.Length > 0 && step.Original != Number(step.Operator));
        if (isRewritten)
            columns.Insert(OriginalColumn, ("original", true));
        return new TextTable($"memory in {title}, bytes held while each operator runs", columns,
            order.Steps.Select(step => Row(step, macs, sizes, shares, isRewritten)).ToArray(), order.Peak.Step);
    }

    private static string[] Row(StepRow step, bool macs, bool sizes, bool shares, bool isRewritten)
    {
        List<string> row =
        [
            Number(step.Step),
            step.Operator < 0 ? "" : Number(step.Operator),
            ShortText.Middle(step.Kind, LongestName),
            ShortText.Middle(step.Name, LongestName),
            ShortText.Ids(step.Tensors, MostIds),
            Quantity.Count(step.InputBytes),
            Quantity.Count(step.OutputBytes),
            Quantity.Count(step.OtherBytes),
            Quantity.Count(step.ReservedBytes),
            Quantity.Count(step.TotalBytes),
        ];
        if (macs)
            row.Add(step.Macs is { } count ? Quantity.Count(count) : "");
        if (sizes)
            row.Add(step.Operator < 0 ? "" : Quantity.Count(step.ParameterBytes));
        if (shares)
            row.Insert(SharedColumn, step.SharedBytes == 0 ? "0" : "-" + Quantity.Count(step.SharedBytes));
        if (isRewritten)
            row.Insert(OriginalColumn, step.Original);
        return row.ToArray();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
