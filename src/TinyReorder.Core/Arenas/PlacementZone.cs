namespace TinyReorder.Arenas;

/// <summary>
/// A set of offsets of a few items, given by upper bounds of their differences (a difference bound matrix): x[i] - x[j] is at most
/// Most[i, j], where x[0] is zero and x[i] the offset of the i-th item. Always closed, no bound being looser than the sum of two others; so
/// leaving an item out is projection, and any choice within the bounds for some items can be completed.
/// </summary>
internal sealed class PlacementZone(int width, long[] most, int parent)
{
    public static PlacementZone Empty { get; } = new(1, new long[1], -1);

    /// <summary>The items and the zero.</summary>
    public int Width => width;

    /// <summary>The zone that this one comes from, by its place in the list of the section before.</summary>
    public int Parent => parent;

    /// <summary>How much room it leaves, for a choice among zones.</summary>
    public long Room { get; } = Sum(most);

    public long Most(int i, int j) => most[i * width + j];

    /// <summary>Whether each of the other's points is one of this zone.</summary>
    public bool Includes(PlacementZone other)
    {
        long[] others = other.Bounds;
        for (int i = 0; i < most.Length; i++)
        {
            if (others[i] > most[i])
                return false;
        }
        return true;
    }

    private long[] Bounds => most;

    /// <summary>With one more item, between two offsets.</summary>
    public PlacementZone With(long low, long high)
    {
        int wider = width + 1;
        long[] next = new long[wider * wider];
        for (int i = 0; i < width; i++)
        {
            Array.Copy(most, i * width, next, i * wider, width);
            next[i * wider + width] = most[i * width] - low;
            next[width * wider + i] = high + most[i];
        }
        return new(wider, next, parent);
    }

    /// <summary>The part where x[i] - x[j] is at most <paramref name="bound"/>; itself where that is all of it, null where nothing is.</summary>
    public PlacementZone? Where(int i, int j, long bound)
    {
        if (bound >= most[i * width + j])
            return this;
        if (bound + most[j * width + i] < 0)
            return null;
        long[] next = new long[most.Length];
        for (int a = 0; a < width; a++)
        {
            long through = most[a * width + i] + bound;
            for (int b = 0; b < width; b++)
                next[a * width + b] = Math.Min(most[a * width + b], through + most[j * width + b]);
        }
        return new(width, next, parent);
    }

    /// <summary>The projection on some of the items (the zero first).</summary>
    public PlacementZone Only(int[] kept, int from)
    {
        long[] next = new long[kept.Length * kept.Length];
        for (int a = 0; a < kept.Length; a++)
        {
            for (int b = 0; b < kept.Length; b++)
                next[a * kept.Length + b] = most[kept[a] * width + kept[b]];
        }
        return new(kept.Length, next, from);
    }

    private static long Sum(long[] values)
    {
        double sum = 0;
        foreach (long value in values)
            sum += value;
        return sum > long.MaxValue / 2 ? long.MaxValue / 2 : (long)sum;
    }
}
