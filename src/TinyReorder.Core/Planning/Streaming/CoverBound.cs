using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Planning.Streaming;

/// <summary>
/// What no choice of regions can be below, however many rows they make at a time: an operator outside of regions holds what it holds, and while a region runs,
/// what enters it is whole at its begin and what leaves it is whole at its end.
/// </summary>
internal sealed class CoverBound(TfliteModel model, StepHeights heights, Dilations dilations, OverlapChoice overlap)
{
    private const int MostRegions = 20_000;

    private readonly List<(int First, int Last, long Bytes)> regions = [];

    /// <summary>The bytes of tensors and scratch that are held at once at least, in the file's order; null where there are too many regions to look at.</summary>
    public long? Bytes()
    {
        int count = heights.OfOperator.Count;
        for (int first = 0; first < count; first++)
        {
            foreach (int axis in new[] { RowOperators.Height, RowOperators.Width })
                AddRegions(first, axis);
            if (regions.Count > MostRegions)
                return null;
        }
        ILookup<int, (int Last, long Bytes)> byFirst = regions.ToLookup(region => region.First, region => (region.Last, region.Bytes));
        long[] alone = [.. heights.OfOperator.Select((bytes, k) => dilations.OfOperator.TryGetValue(k, out long dilated) ? Math.Min(bytes, dilated) : bytes)];
        // The least highest step over all ways to cut the operators into regions and operators alone.
        long[] least = new long[count + 1];
        for (int k = count - 1; k >= 0; k--)
            least[k] = byFirst[k].Select(region => Math.Max(region.Bytes, least[region.Last + 1])).Append(Math.Max(alone[k], least[k + 1])).Min();
        return least[0];
    }

    private void AddRegions(int first, int axis)
    {
        TfliteSubgraph subgraph = model.Subgraphs[0];
        for (int last = first; last < subgraph.Operators.Count && RowOperators.Of(subgraph, subgraph.Operators[last], axis) is not null; last++)
        {
            if (regions.Count > MostRegions)
                return;
            if (Region.Of(model, first, last, axis) is { } region)
                regions.Add((first, last, BytesOf(region)));
        }
    }

    private long BytesOf(Region region)
    {
        // An output may lie on an input that dies only where operators may share so.
        int[] dying = overlap == OverlapChoice.Diagonal ? [.. region.DyingInputs] : [];
        int[] entering = [.. region.Inputs.Concat(region.WholeInputs)];
        var own = new HashSet<int>(entering.Concat(Enumerable.Range(region.First, region.Last - region.First + 1)
            .SelectMany(k => region.Subgraph.Operators[k].Outputs)));
        return heights.Beside(region.First, region.Last, own) + Sum(entering.Except(dying)) + Math.Max(Sum(dying), Sum(region.Outputs));

        long Sum(IEnumerable<int> tensors) => tensors.Sum(t => heights.Aligned(region.Subgraph.Tensors[t].Bytes));
    }
}
