namespace TinyReorder.Arenas;

/// <summary>The arena as ranges that each belong to whoever wrote them last; an owner is an object, equal to itself alone.</summary>
internal sealed class ArenaReplay
{
    private readonly SortedList<long, (long End, object Owner)> ranges = [];

    /// <summary>Lets <paramref name="owner"/> write a range: whatever it overlaps loses the whole of what it had.</summary>
    public void Write(object owner, long start, long bytes)
    {
        // Kernels ask for buffers of no bytes, too.
        if (bytes == 0)
            return;
        long end = start + bytes;
        for (int i = FirstEndingBehind(start); i < ranges.Count && ranges.Keys[i] < end;)
            ranges.RemoveAt(i);
        ranges.Add(start, (end, owner));
    }

    /// <summary>Whether every byte of the range is still what <paramref name="owner"/> wrote.</summary>
    public bool Holds(object owner, long start, long bytes) =>
        bytes == 0 || (ranges.TryGetValue(start, out (long End, object Owner) range) && range.End == start + bytes && ReferenceEquals(range.Owner, owner));

    /// <summary>Forgets everything.</summary>
    public void Clear() => ranges.Clear();

    private int FirstEndingBehind(long start)
    {
        // Ranges are disjoint, so their ends ascend as their starts do.
        int low = 0, high = ranges.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (ranges.Values[middle].End <= start)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
