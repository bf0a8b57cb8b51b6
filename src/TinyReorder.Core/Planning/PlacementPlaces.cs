using TinyReorder.Arenas;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;

namespace TinyReorder.Planning;

/// <summary>What is placed: buffers that have bytes and live at some moment, those that are tied to each other as one.</summary>
internal sealed class PlacementPlaces
{
    private readonly IReadOnlyList<TflmBuffer> buffers;
    private readonly TensorTies? ties;
    private readonly int[] placeOf;
    private readonly List<PlacementItem> items = [];

    /// <summary>The places of <paramref name="buffers"/>.</summary>
    public PlacementPlaces(IReadOnlyList<TflmBuffer> buffers, TensorTies? ties)
    {
        this.buffers = buffers;
        this.ties = ties;
        placeOf = new int[buffers.Count];
        var placeOfGroup = new Dictionary<int, int>();
        for (int i = 0; i < buffers.Count; i++)
        {
            TflmBuffer buffer = buffers[i];
            int group = ties is null || buffer.IsScratch ? -1 : ties.GroupOf(buffer.Subgraph, buffer.Tensor);
            placeOf[i] = -1;
            if (buffer.Last < 0 || buffer.Bytes <= 0)
                continue;
            if (group >= 0 && placeOfGroup.TryGetValue(group, out int place))
            {
                placeOf[i] = place;
                items[place] = Joined(items[place], buffer);
                continue;
            }
            placeOf[i] = items.Count;
            if (group >= 0)
                placeOfGroup[group] = items.Count;
            items.Add(new PlacementItem(i, buffer.Bytes, buffer.First, buffer.Last) { FixedOffset = buffer.OfflineOffset });
        }
    }

    /// <summary>What the placer places.</summary>
    public IReadOnlyList<PlacementItem> Items => items;

    /// <summary>The pairs that may overlap in this order: those of an operator in which the input dies, and those of loops.</summary>
    /// <param name="shares">What operators may share.</param>
    /// <param name="isLeftToDevice">Whether the device places a buffer itself.</param>
    public List<PlacementShare> Shares(ModelShares shares, Func<TflmBuffer, bool> isLeftToDevice)
    {
        if (shares.All.Count == 0 && ties is null)
            return [];
        var places = new Dictionary<(int Subgraph, int Tensor), int>();
        for (int i = 0; i < buffers.Count; i++)
        {
            if (placeOf[i] >= 0 && !buffers[i].IsScratch && !isLeftToDevice(buffers[i]))
                places[(buffers[i].Subgraph, buffers[i].Tensor)] = placeOf[i];
        }
        var pairs = new List<PlacementShare>();
        foreach ((int subgraph, TensorShare share) in shares.All)
        {
            bool bothLive = places.TryGetValue((subgraph, share.Input), out int input) & places.TryGetValue((subgraph, share.Output), out int output);
            // One tick of the clock is one operator, so who begins where the other ends is written by its last reader.
            if (!bothLive || input == output || items[input].Last != items[output].First)
                continue;
            pairs.Add(share.DistanceBytes >= 0
                ? new PlacementShare(input, output, share.DistanceBytes, share.IsExact)
                : new PlacementShare(output, input, -share.DistanceBytes, share.IsExact));
        }
        foreach (TiedPair pair in ties is null ? [] : ties.Pairs.Where(pair => shares.Choice >= (pair.IsExact ? OverlapChoice.InPlace : OverlapChoice.Diagonal)))
        {
            if (places.TryGetValue(pair.Upper, out int upper) && places.TryGetValue(pair.Lower, out int lower) && upper != lower)
                pairs.Add(new PlacementShare(upper, lower, pair.DistanceBytes, pair.IsExact));
        }
        return pairs;
    }

    /// <summary>The offset of each buffer; 0 for those that are not placed.</summary>
    public long[] OffsetsOf(Placement placement) => [.. placeOf.Select(place => place < 0 ? 0 : placement.OffsetBytes[place])];

    private static PlacementItem Joined(PlacementItem item, TflmBuffer buffer)
    {
        // What nobody writes is there for its place alone: it lives when those live that are written there.
        bool isWritten = buffer.First >= 0, wasWritten = item.First >= 0;
        return item with
        {
            Bytes = Math.Max(item.Bytes, buffer.Bytes),
            First = isWritten && wasWritten ? Math.Min(item.First, buffer.First) : Math.Max(item.First, buffer.First),
            Last = isWritten && wasWritten ? Math.Max(item.Last, buffer.Last) : isWritten ? buffer.Last : item.Last,
            FixedOffset = item.FixedOffset ?? buffer.OfflineOffset,
        };
    }
}
