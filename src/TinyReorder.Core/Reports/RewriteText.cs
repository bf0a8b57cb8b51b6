using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
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
        foreach (string line in SimplifiedText.Of(rewrite))
            yield return line;
        if (rewrite.Reason is { } reason)
            yield return $"  not {(rewrite.Settings.Choice == RewriteChoice.Simplify ? "simplified" : "streamed")}: {reason}";
        if (rewrite.LowerBoundBytes is { } bound)
            yield return $"  no choice of regions holds less than {Quantity.Bytes(bound)} at once";
        if (rewrite.Regions.Count + rewrite.Dilated.Count == 0)
            yield break;
        foreach (StreamedRegion region in rewrite.Regions)
        {
            string rows = region.RowsPerTurn == 1 ? "1 row" : $"{region.RowsPerTurn} rows";
            string how = region.Body is null ? $"in {region.Turns} bands of {rows}" : $"as a loop, {rows} a turn, {region.Turns} turns";
            yield return $"  streamed: operators {region.FirstOperator} to {region.LastOperator} run {how}{Again(region)}";
        }
        if (rewrite.Dilated.Count > 0)
            yield return Dilated(rewrite.Dilated);
        string ratio = rewrite.WorkRatio.ToString("0.000", CultureInfo.InvariantCulture);
        string measure = rewrite.WorkAfter is { Measure: WorkMeasure.Instructions } work
            ? $"instructions, predicted by {work.Model}" : "multiplications; nothing was measured for these kernels";
        string what = rewrite.Regions.Count > 0 ? "streaming" : "dilation";
        yield return $"  {what} costs {ratio} times the work ({measure}) and {Quantity.Bytes(rewrite.AddedFlashBytes)} of flash";
    }

    private static string Again(StreamedRegion region) => region.Form switch
    {
        StreamedRegion.BandsForm => "; rows that windows of two bands read are computed in both",
        "loop" => "; rows that windows share are computed again in each turn",
        "mixed" => $"; rows that windows share are computed again by operators {string.Join(", ", region.ComputedAgain)}",
        _ => "",
    };

    private static string Dilated(IReadOnlyList<int> operators)
    {
        string[] indices = [.. operators.Select(k => k.ToString(CultureInfo.InvariantCulture))];
        string list = indices.Length == 1 ? $"1x1 convolution {indices[0]} gets a dilation of 2, which changes no answer"
            : $"1x1 convolutions {string.Join(", ", indices.Take(indices.Length - 1))} and {indices[indices.Length - 1]} get a dilation of 2, which changes no answer";
        return $"  dilated: {list}: CMSIS-NN then works pixel by pixel and may write over what it has read";
    }
}
