using TinyReorder.Json;
using TinyReorder.Reports;

namespace TinyReorder.Cli.Json;

/// <summary>The JSON of <c>tinyreorder compare</c>; see docs/memory-map.md.</summary>
internal static class ComparisonJson
{
    private const int RatioDigits = 4;

    /// <summary>The whole object.</summary>
    public static string Of(IReadOnlyList<(string Name, MemoryReport Report)> sides) => JsonOutput.OfIndented(writer =>
    {
        writer.WriteNumber("schema", ResultJson.Schema);
        writer.WriteObjects("compared", sides, (json, side) =>
        {
            json.WriteString("name", side.Name);
            json.WriteString("model", side.Report.Model);
            json.WriteNumber("peakBytes", side.Report.PeakBytes);
            json.WriteNumber("arenaBytes", side.Report.Chosen.Plan.ArenaBytes);
            json.WriteNumber("plannedBytes", side.Report.Chosen.Plan.PlannedBytes);
            json.WriteNumber("scratchBytes", side.Report.Chosen.Plan.ScratchBytes);
            json.WriteNumber("persistentBytes", side.Report.Chosen.Plan.PersistentBytes);
            json.WriteNumber("fragmentationBytes", side.Report.Chosen.FragmentationBytes);
            json.WriteNumber("flashBytes", side.Report.FlashBytes);
            json.WriteNumber("operators", side.Report.Subgraphs.Sum(subgraph => subgraph.Chosen.Steps.Count(step => step.Operator >= 0)));
            json.WriteNumber("macs", ComparisonText.Macs(side.Report));
            if (sides.Any(other => other.Report.Rewrite is not null))
                json.WriteNumber("workRatio", Math.Round(ComparisonText.WorkRatio(side.Report), RatioDigits));
        });
    });
}
