using TinyReorder.Arenas;

namespace TinyReorder.Tests.Shared;

/// <summary>Says what is wrong with a placement, by the definition and nothing else.</summary>
internal static class PlacementChecker
{
    /// <summary>Null when the placement is one; otherwise the first thing that is wrong.</summary>
    public static string? Fault(IReadOnlyList<PlacementItem> items, long alignment, Placement placement, IReadOnlyList<PlacementShare>? shares = null)
    {
        if (placement.OffsetBytes.Count != items.Count)
            return "another number of offsets than items";
        long height = 0;
        for (int i = 0; i < items.Count; i++)
        {
            long offset = placement.OffsetBytes[i];
            if (offset < 0 || offset % alignment != 0)
                return $"item {i} lies at {offset}";
            if (items[i].FixedOffset is long at && at != offset)
                return $"item {i} is fixed at {at} and lies at {offset}";
            height = Math.Max(height, offset + Rounded(items[i], alignment));
            for (int j = 0; j < i; j++)
            {
                bool together = items[i].First <= items[j].Last && items[j].First <= items[i].Last;
                long other = placement.OffsetBytes[j];
                if (together && offset < other + Rounded(items[j], alignment) && other < offset + Rounded(items[i], alignment)
                    && !MayShare(shares ?? [], i, offset, j, other))
                    return $"items {j} and {i} overlap";
            }
        }
        if (placement.HeightBytes != height)
            return $"height {placement.HeightBytes} instead of {height}";
        if (placement.LowerBoundBytes > height)
            return "the lower bound is above the height";
        return placement.Proven == (placement.LowerBoundBytes == height) ? null : "proven does not say whether the bounds meet";
    }

    /// <summary>Whether some share allows two items to lie at these offsets although they have common bytes.</summary>
    public static bool MayShare(IReadOnlyList<PlacementShare> shares, int a, long offsetA, int b, long offsetB)
    {
        foreach (PlacementShare share in shares)
        {
            if (!(share.Upper == a && share.Lower == b) && !(share.Upper == b && share.Lower == a))
                continue;
            long distance = share.Upper == a ? offsetA - offsetB : offsetB - offsetA;
            if (share.IsExact ? distance == share.DistanceBytes : distance >= share.DistanceBytes)
                return true;
        }
        return false;
    }

    /// <summary>The largest sum of rounded sizes that are live at one step.</summary>
    public static long LiveBytes(IReadOnlyList<PlacementItem> items, long alignment)
    {
        long[] live = new long[items.Max(item => item.Last) + 1];
        foreach (PlacementItem item in items)
        {
            for (int step = item.First; step <= item.Last; step++)
                live[step] += Rounded(item, alignment);
        }
        return live.Max();
    }

    public static long Rounded(PlacementItem item, long alignment) => (item.Bytes + alignment - 1) / alignment * alignment;
}
