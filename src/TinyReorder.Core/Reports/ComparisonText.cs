using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Reports;

/// <summary>The differences between reports as a table.</summary>
internal static class ComparisonText
{
    private const int LongestName = 30;

    /// <summary>The table; the orders that count are the chosen ones. Each side but the first has its difference to the first beside it.</summary>
    public static TextTable Of(IReadOnlyList<(string Name, MemoryReport Report)> sides)
    {
        MemoryReport[] reports = [.. sides.Select(side => side.Report)];
        List<string[]> rows =
        [
            Numbers("peak", report => report.PeakBytes),
            [.. Columns("peak at", PeakPlace, _ => "")],
            Numbers("arena", report => report.Chosen.Plan.ArenaBytes),
            Numbers("  planned", report => report.Chosen.Plan.PlannedBytes),
            Numbers("  scratch", report => report.Chosen.Plan.ScratchBytes),
            Numbers("  persistent", report => report.Chosen.Plan.PersistentBytes),
            Numbers("fragmentation", report => report.Chosen.FragmentationBytes),
            Numbers("model in flash", report => report.FlashBytes),
            Numbers("parameters", report => Steps(report).Sum(step => step.ParameterBytes)),
            Numbers("MACs", Macs),
            .. reports.Any(report => report.Rewrite is not null) ? [[.. Columns("predicted work", Ratio, RatioDifference)]] : Array.Empty<string[]>(),
            Numbers("operators", report => Steps(report).Count(step => step.Operator >= 0)),
            Numbers("activation tensors", report => report.Subgraphs.Sum(subgraph => subgraph.Tensors.Count)),
            .. Kinds(reports).Select(kind => Numbers("  " + ShortText.Middle(kind, LongestName), report => CountOf(report, kind))),
        ];
        var columns = new List<(string, bool)> { ("", false) };
        for (int i = 0; i < sides.Count; i++)
        {
            columns.Add((ShortText.Middle(sides[i].Name, LongestName), true));
            if (i > 0)
                columns.Add(("difference", true));
        }
        return new TextTable("bytes and counts", columns, rows, MarkedRow: 0);

        string[] Numbers(string what, Func<MemoryReport, long> value) =>
            [.. Columns(what, report => Quantity.Count(value(report)), report => Difference(value(report) - value(reports[0])))];

        IEnumerable<string> Columns(string what, Func<MemoryReport, string> value, Func<MemoryReport, string> difference)
        {
            yield return what;
            for (int i = 0; i < reports.Length; i++)
            {
                yield return value(reports[i]);
                if (i > 0)
                    yield return difference(reports[i]);
            }
        }
    }

    /// <summary>Multiplications of an inference, all turns of loops counted.</summary>
    public static long Macs(MemoryReport report) =>
        report.Subgraphs.Sum(subgraph => subgraph.Runs * subgraph.Chosen.Steps.Sum(step => step.Macs ?? 0));

    /// <summary>The kinds of operators that some have more of than others.</summary>
    private static IEnumerable<string> Kinds(MemoryReport[] reports) => reports
        .SelectMany(Steps)
        .Where(step => step.Operator >= 0)
        .Select(step => step.Kind)
        .Distinct()
        .OrderBy(kind => kind, StringComparer.Ordinal)
        .Where(kind => reports.Select(report => CountOf(report, kind)).Distinct().Count() > 1);

    private static int CountOf(MemoryReport report, string kind) => Steps(report).Count(step => step.Operator >= 0 && step.Kind == kind);

    private static IEnumerable<StepRow> Steps(MemoryReport report) => report.Subgraphs.SelectMany(subgraph => subgraph.Chosen.Steps);

    private static string PeakPlace(MemoryReport report)
    {
        if (report.IsStreamed)
        {
            // Moments count operators over all subgraphs, and the peak begins where one of them does.
            ArenaMoment at = report.Chosen.Moments.Last(moment => moment.Moment <= report.Chosen.PeakMoment);
            return report.Rewrite is { } rewrite ? rewrite.Sentence(at.Subgraph, at.Operator)
                : $"operator {at.Subgraph}:{at.Operator} {ShortText.Middle(at.Kind, LongestName)}";
        }
        SubgraphReport highest = report.Subgraphs.First(subgraph => subgraph.Chosen.PeakBytes == report.PeakBytes);
        string subgraph = report.Subgraphs.Count > 1 ? $"{highest.Index}:" : "";
        return $"step {subgraph}{highest.Chosen.Peak.Step} {ShortText.Middle(highest.Chosen.Peak.Kind, LongestName)}";
    }

    private static string Ratio(MemoryReport report) => WorkRatio(report).ToString("0.000", CultureInfo.InvariantCulture);

    private static string RatioDifference(MemoryReport report) => Math.Round(1000 * (WorkRatio(report) - 1)) is var thousandths && thousandths == 0 ? "="
        : (thousandths / 10).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Predicted work in parts of that of the file as it is.</summary>
    public static double WorkRatio(MemoryReport report) => report.Rewrite?.WorkRatio ?? 1;

    private static string Difference(long difference) => difference == 0 ? "=" : difference.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);
}
