using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Reports;

/// <summary>The differences between two reports as a table.</summary>
internal static class ComparisonText
{
    private const int LongestName = 30;

    /// <summary>The table; the orders that count are the chosen ones.</summary>
    public static TextTable Of(MemoryReport first, MemoryReport second, string firstName, string secondName)
    {
        List<string[]> rows =
        [
            Numbers("peak", first.PeakBytes, second.PeakBytes),
            ["peak at", PeakPlace(first), PeakPlace(second), ""],
            Numbers("arena", first.Chosen.Plan.ArenaBytes, second.Chosen.Plan.ArenaBytes),
            Numbers("  planned", first.Chosen.Plan.PlannedBytes, second.Chosen.Plan.PlannedBytes),
            Numbers("  scratch", first.Chosen.Plan.ScratchBytes, second.Chosen.Plan.ScratchBytes),
            Numbers("  persistent", first.Chosen.Plan.PersistentBytes, second.Chosen.Plan.PersistentBytes),
            Numbers("fragmentation", first.Chosen.FragmentationBytes, second.Chosen.FragmentationBytes),
            Numbers("model in flash", first.FlashBytes, second.FlashBytes),
            Numbers("parameters", Steps(first).Sum(step => step.ParameterBytes), Steps(second).Sum(step => step.ParameterBytes)),
            Numbers("MACs", Macs(first), Macs(second)),
            Numbers("operators", Steps(first).Count(step => step.Operator >= 0), Steps(second).Count(step => step.Operator >= 0)),
            Numbers("activation tensors", first.Subgraphs.Sum(subgraph => subgraph.Tensors.Count), second.Subgraphs.Sum(subgraph => subgraph.Tensors.Count)),
            .. Kinds(first, second),
        ];
        return new TextTable(
            "bytes and counts",
            [("", false), (ShortText.Middle(firstName, LongestName), true), (ShortText.Middle(secondName, LongestName), true), ("difference", true)],
            rows,
            MarkedRow: 0);
    }

    /// <summary>Multiplications of an inference, all turns of loops counted.</summary>
    public static long Macs(MemoryReport report) =>
        report.Subgraphs.Sum(subgraph => subgraph.Runs * subgraph.Chosen.Steps.Sum(step => step.Macs ?? 0));

    /// <summary>A row for each kind of operator that one of them has more of.</summary>
    private static IEnumerable<string[]> Kinds(MemoryReport first, MemoryReport second)
    {
        ILookup<string, StepRow> ofFirst = Steps(first).Where(step => step.Operator >= 0).ToLookup(step => step.Kind), ofSecond = Steps(second)
            .Where(step => step.Operator >= 0).ToLookup(step => step.Kind);
        return ofFirst.Concat(ofSecond)
            .Select(kind => kind.Key)
            .Distinct()
            .OrderBy(kind => kind, StringComparer.Ordinal)
            .Where(kind => ofFirst[kind].Count() != ofSecond[kind].Count())
            .Select(kind => Numbers("  " + ShortText.Middle(kind, LongestName), ofFirst[kind].Count(), ofSecond[kind].Count()));
    }

    private static IEnumerable<StepRow> Steps(MemoryReport report) => report.Subgraphs.SelectMany(subgraph => subgraph.Chosen.Steps);

    private static string PeakPlace(MemoryReport report)
    {
        if (report.IsStreamed)
        {
            // Moments count operators over all subgraphs, and the peak begins where one of them does.
            ArenaMoment at = report.Chosen.Moments.Last(moment => moment.Moment <= report.Chosen.PeakMoment);
            return $"operator {at.Subgraph}:{at.Operator} {ShortText.Middle(at.Kind, LongestName)}";
        }
        SubgraphReport highest = report.Subgraphs.First(subgraph => subgraph.Chosen.PeakBytes == report.PeakBytes);
        string subgraph = report.Subgraphs.Count > 1 ? $"{highest.Index}:" : "";
        return $"step {subgraph}{highest.Chosen.Peak.Step} {ShortText.Middle(highest.Chosen.Peak.Kind, LongestName)}";
    }

    private static string[] Numbers(string what, long first, long second) => [what, Quantity.Count(first), Quantity.Count(second), Difference(second - first)];

    private static string Difference(long difference) => difference == 0 ? "=" : difference.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);
}
