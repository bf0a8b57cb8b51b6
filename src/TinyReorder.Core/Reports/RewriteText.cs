using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Planning.Streaming;
using TinyReorder.Rewrites;
using TinyReorder.Work;

namespace TinyReorder.Reports;

/// <summary>What a build prints of a rewrite: its loops, and what they cost.</summary>
internal static class RewriteText
{
    /// <summary>The lines, without line ends.</summary>
    public static IEnumerable<string> Of(RewriteOutcome rewrite)
    {
        if (rewrite.Reason is { } reason)
        {
            yield return $"  not streamed: {reason}";
            yield break;
        }
        foreach (StreamedRegion region in rewrite.Regions)
        {
            string rows = region.RowsPerTurn == 1 ? "1 row" : $"{region.RowsPerTurn} rows";
            yield return $"  streamed: operators {region.FirstOperator} to {region.LastOperator} run as a loop, {rows} a turn, {region.Turns} turns";
        }
        string ratio = rewrite.WorkRatio.ToString("0.000", CultureInfo.InvariantCulture);
        string measure = rewrite.WorkAfter is { Measure: WorkMeasure.Instructions } work
            ? $"instructions, predicted by {work.Model}" : "multiplications; nothing was measured for these kernels";
        yield return $"  streaming costs {ratio} times the work ({measure}) and {Quantity.Bytes(rewrite.AddedFlashBytes)} of flash";
    }
}
