using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

/// <summary>The least height of all, by trying every offset of every item. For a handful of items with small sizes.</summary>
internal static class PlacementBruteForce
{
    public static long Height(IReadOnlyList<PlacementItem> items, long alignment, IReadOnlyList<PlacementShare>? shares = null)
    {
        long[] offsets = new long[items.Count];
        for (long capacity = items.Select(item => PlacementChecker.Rounded(item, alignment)).DefaultIfEmpty(0).Max(); ; capacity += alignment)
        {
            if (Fits(items, shares ?? [], alignment, capacity, offsets, 0))
                return capacity;
        }
    }

    /// <summary>Whether the items fit within <paramref name="capacity"/> bytes at all.</summary>
    public static bool FitWithin(IReadOnlyList<PlacementItem> items, long alignment, long capacity, IReadOnlyList<PlacementShare> shares) =>
        Fits(items, shares, alignment, capacity, new long[items.Count], 0);

    private static bool Fits(IReadOnlyList<PlacementItem> items, IReadOnlyList<PlacementShare> shares, long alignment, long capacity, long[] offsets, int next)
    {
        if (next == items.Count)
            return true;
        PlacementItem item = items[next];
        long bytes = PlacementChecker.Rounded(item, alignment);
        for (long offset = item.FixedOffset ?? 0; offset + bytes <= capacity; offset += alignment)
        {
            bool free = true;
            for (int i = 0; i < next && free; i++)
            {
                bool together = items[i].First <= item.Last && item.First <= items[i].Last;
                free = !together || offset + bytes <= offsets[i] || offsets[i] + PlacementChecker.Rounded(items[i], alignment) <= offset
                    || PlacementChecker.MayShare(shares, next, offset, i, offsets[i]);
            }
            offsets[next] = offset;
            if (free && Fits(items, shares, alignment, capacity, offsets, next + 1))
                return true;
            if (item.FixedOffset is not null)
                break;
        }
        return false;
    }
}
