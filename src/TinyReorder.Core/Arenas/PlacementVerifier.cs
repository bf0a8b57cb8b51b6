using TinyReorder.Diagnostics;

namespace TinyReorder.Arenas;

/// <summary>Checks a placement by the definition, knowing nothing of how it was found.</summary>
internal static class PlacementVerifier
{
    /// <summary>Goes through the steps and keeps what is live in the order of its offsets: neighbours must not overlap.</summary>
    /// <param name="items">The buffers.</param>
    /// <param name="offsetBytes">Their offsets, parallel to <paramref name="items"/>.</param>
    /// <param name="alignmentBytes">What every offset has to be a multiple of.</param>
    /// <param name="capacityBytes">Where the highest buffer has to end.</param>
    /// <exception cref="TinyReorderException">TINY4003: buffers that are live together overlap, or an offset or a fixed place is not kept.</exception>
    public static void Verify(IReadOnlyList<PlacementItem> items, IReadOnlyList<long> offsetBytes, long alignmentBytes, long capacityBytes) =>
        Verify(items, [], offsetBytes, alignmentBytes, capacityBytes);

    /// <summary>Goes through the steps and compares what is live at each: neighbours must not overlap, except where a share allows it.</summary>
    /// <param name="items">The buffers.</param>
    /// <param name="shares">Which of them may lie on common bytes, and at which distances.</param>
    /// <param name="offsetBytes">Their offsets, parallel to <paramref name="items"/>.</param>
    /// <param name="alignmentBytes">What every offset has to be a multiple of.</param>
    /// <param name="capacityBytes">Where the highest buffer has to end.</param>
    /// <exception cref="TinyReorderException">
    /// TINY4003: buffers that are live together overlap otherwise, or an offset or a fixed place is not kept.
    /// </exception>
    public static void Verify(IReadOnlyList<PlacementItem> items, IReadOnlyList<PlacementShare> shares, IReadOnlyList<long> offsetBytes, long alignmentBytes,
        long capacityBytes)
    {
        if (offsetBytes.Count != items.Count)
            throw Rejected($"{Quantity.Count(offsetBytes.Count)} offsets for {Quantity.Count(items.Count)} buffers");
        for (int i = 0; i < items.Count; i++)
        {
            if (offsetBytes[i] < 0 || offsetBytes[i] % alignmentBytes != 0 || offsetBytes[i] > capacityBytes - items[i].Bytes
                || (items[i].FixedOffset ?? offsetBytes[i]) != offsetBytes[i])
                throw Rejected($"buffer {items[i].Id} must not lie at {Quantity.Bytes(offsetBytes[i])}");
        }
        ILookup<(int, int), PlacementShare> sharing = shares.ToLookup(share => (Math.Min(share.Upper, share.Lower), Math.Max(share.Upper, share.Lower)));
        int[] ending = Enumerable.Range(0, items.Count).OrderBy(i => items[i].Last).ToArray();
        var live = new SortedSet<(long Offset, int Item)>();
        int ended = 0;
        foreach (int i in Enumerable.Range(0, items.Count).OrderBy(i => items[i].First))
        {
            for (; items[ending[ended]].Last < items[i].First; ended++)
                live.Remove((offsetBytes[ending[ended]], ending[ended]));
            (long Offset, int Item) placed = (offsetBytes[i], i);
            foreach ((long offset, int item) in live.GetViewBetween((-1, -1), placed).Reverse())
            {
                if (offset + items[item].Bytes > placed.Offset && !MayShare(sharing, offsetBytes, i, item))
                    throw Rejected($"buffers {items[item].Id} at {Quantity.Bytes(offset)} and {items[i].Id} at {Quantity.Bytes(placed.Offset)} overlap");
                // Where nothing shares, what lies further down ends further down too.
                if (sharing.Count == 0)
                    break;
            }
            foreach ((long offset, int item) in live.GetViewBetween(placed, (long.MaxValue, 0))
                .TakeWhile(upper => placed.Offset + items[i].Bytes > upper.Offset))
            {
                if (!MayShare(sharing, offsetBytes, i, item))
                    throw Rejected($"buffers {items[i].Id} at {Quantity.Bytes(placed.Offset)} and {items[item].Id} at {Quantity.Bytes(offset)} overlap");
            }
            live.Add(placed);
        }
    }

    private static bool MayShare(ILookup<(int, int), PlacementShare> sharing, IReadOnlyList<long> offsetBytes, int a, int b) =>
        sharing[(Math.Min(a, b), Math.Max(a, b))].Any(share =>
        {
            long distance = offsetBytes[share.Upper] - offsetBytes[share.Lower];
            return share.IsExact ? distance == share.DistanceBytes : distance >= share.DistanceBytes;
        });

    private static TinyReorderException Rejected(string what) =>
        new(Diagnostic.Error(DiagnosticCodes.PlanRejected, $"the placement is wrong and was not used: {what}; this is a defect of TinyReorder, please "
            + "report it with the file"));
}
