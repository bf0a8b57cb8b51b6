using System.Globalization;
using TinyReorder.Rewrites;

namespace TinyReorder.Reports;

/// <summary>Which loop of a streamed model a subgraph belongs to.</summary>
/// <param name="Number">Its number, from 1, in the order in which loops run.</param>
/// <param name="Region">The operators of the original that run as the loop.</param>
/// <param name="IsBody">Whether the subgraph is the loop's body, which makes the rows of a turn; else it is the condition.</param>
internal sealed record LoopReport(int Number, StreamedRegion Region, bool IsBody)
{
    /// <summary>How often the subgraph runs in an inference: the condition once more than the body.</summary>
    public int Runs => IsBody ? Region.Turns : Region.Turns + 1;

    /// <summary>What people read.</summary>
    public string Title
    {
        get
        {
            string rows = Region.RowsPerTurn == 1 ? "1 row" : $"{Region.RowsPerTurn.ToString(CultureInfo.InvariantCulture)} rows";
            string loop = $"loop {Number}: operators {Region.FirstOperator} to {Region.LastOperator} of the original, {rows} a turn, {Region.Turns} turns";
            return (IsBody ? "body of " : "condition of ") + loop;
        }
    }

    /// <summary>The loop that a subgraph of the rewritten model belongs to; null for the main one.</summary>
    public static LoopReport? Find(IReadOnlyList<StreamedRegion> regions, int subgraph)
    {
        // The condition of a loop lies right before its body.
        for (int k = 0; k < regions.Count; k++)
        {
            if (subgraph == regions[k].Body || subgraph == regions[k].Body - 1)
                return new LoopReport(k + 1, regions[k], subgraph == regions[k].Body);
        }
        return null;
    }

    /// <summary>The number of the bands that an operator of the rewritten model belongs to; null for none.</summary>
    public static int? FindBands(IReadOnlyList<StreamedRegion> regions, int subgraph, int op) => subgraph != 0 ? null
        : Enumerable.Range(1, regions.Count).Where(number => regions[number - 1].Bands.Contains(op)).Select(number => (int?)number).FirstOrDefault();
}
