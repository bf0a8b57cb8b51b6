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
    private readonly long[] behind;
    private readonly List<PlacementItem> items = [];

    /// <summary>The places of <paramref name="buffers"/>.</summary>
    /// <param name="buffers">What is to be placed.</param>
    /// <param name="ties">What has to lie at one place; null for nothing.</param>
    /// <param name="choice">How far sharing may go: bands lie on their whole only where operators may share.</param>
    public PlacementPlaces(IReadOnlyList<TflmBuffer> buffers, TensorTies? ties, OverlapChoice choice)
    {
        this.buffers = buffers;
        this.ties = ties;
        placeOf = new int[buffers.Count];
        behind = new long[buffers.Count];
        var placeOfGroup = new Dictionary<int, int>();
        for (int i = 0; i < buffers.Count; i++)
        {
            TflmBuffer buffer = buffers[i];
            int group = ties is null || buffer.IsScratch ? -1 : ties.GroupOf(buffer.Subgraph, buffer.Tensor);
            if (choice == OverlapChoice.None && group >= 0 && ties!.IsOfBands(group))
                group = -1;
            placeOf[i] = -1;
            if (buffer.Last < 0 || buffer.Bytes <= 0)
                continue;
            behind[i] = group < 0 ? 0 : ties!.OffsetOf(buffer.Subgraph, buffer.Tensor);
            var item = new PlacementItem(i, behind[i] + buffer.Bytes, buffer.First, buffer.Last) { FixedOffset = buffer.OfflineOffset - behind[i] };
            if (group >= 0 && placeOfGroup.TryGetValue(group, out int place))
            {
                placeOf[i] = place;
                items[place] = Joined(items[place], item);
                continue;
            }
            placeOf[i] = items.Count;
            if (group >= 0)
                placeOfGroup[group] = items.Count;
            items.Add(item);
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
        var places = new Dictionary<(int Subgraph, int Tensor), (int Item, long Behind)>();
        for (int i = 0; i < buffers.Count; i++)
        {
            if (placeOf[i] >= 0 && !buffers[i].IsScratch && !isLeftToDevice(buffers[i]))
                places[(buffers[i].Subgraph, buffers[i].Tensor)] = (placeOf[i], behind[i]);
        }
        var pairs = new List<PlacementShare>();
        foreach ((int subgraph, TensorShare share) in shares.All)
        {
            bool bothLive = places.TryGetValue((subgraph, share.Input), out (int Item, long Behind) input)
                & places.TryGetValue((subgraph, share.Output), out (int Item, long Behind) output);
            // One tick of the clock is one operator, so who begins where the other ends is written by its last reader.
            if (!bothLive || input.Item == output.Item || items[input.Item].Last != items[output.Item].First)
                continue;
            long distance = share.DistanceBytes + output.Behind - input.Behind;
            pairs.Add(!share.IsExact || distance >= 0
                ? new PlacementShare(input.Item, output.Item, Math.Max(0, distance), share.IsExact)
                : new PlacementShare(output.Item, input.Item, -distance, share.IsExact));
        }
        foreach (TiedPair pair in ties?.Pairs.Where(pair => shares.Choice >= (pair.IsExact ? OverlapChoice.InPlace : OverlapChoice.Diagonal)) ?? [])
        {
            if (places.TryGetValue(pair.Upper, out (int Item, long Behind) upper) && places.TryGetValue(pair.Lower, out (int Item, long Behind) lower)
                && upper.Item != lower.Item && pair.DistanceBytes + lower.Behind - upper.Behind is var distance and >= 0)
                pairs.Add(new PlacementShare(upper.Item, lower.Item, distance, pair.IsExact));
        }
        return pairs;
    }

    /// <summary>The offset of each buffer; 0 for those that are not placed.</summary>
    public long[] OffsetsOf(Placement placement) => [.. placeOf.Select((place, i) => place < 0 ? 0 : placement.OffsetBytes[place] + behind[i])];

    private static PlacementItem Joined(PlacementItem item, PlacementItem more)
    {
        // What nobody writes is there for its place alone: it lives when those live that are written there.
        bool isWritten = more.First >= 0, wasWritten = item.First >= 0;
        return item with
        {
            Bytes = Math.Max(item.Bytes, more.Bytes),
            First = isWritten && wasWritten ? Math.Min(item.First, more.First) : Math.Max(item.First, more.First),
            Last = isWritten && wasWritten ? Math.Max(item.Last, more.Last) : isWritten ? more.Last : item.Last,
            FixedOffset = item.FixedOffset ?? more.FixedOffset,
        };
    }
}
