namespace TinyReorder.Verification;

/// <summary>The arena as ranges that each belong to whoever wrote them last; an owner is an object, equal to itself alone.</summary>
internal sealed class ArenaReplay
{
    private const int MostInGroup = 128;

    // Disjoint ranges by start, and so by end; in groups, so that one more moves few. No group is empty.
    private readonly List<List<Range>> groups = [];

    /// <summary>Lets <paramref name="owner"/> write a range: whatever it overlaps loses the whole of what it had.</summary>
    public void Write(object owner, long start, long bytes)
    {
        // Kernels ask for buffers of no bytes, too.
        if (bytes == 0)
            return;
        long end = start + bytes;
        (int group, int place) = FirstEndingBehind(start);
        while (group < groups.Count && groups[group][place].Start < end)
        {
            groups[group].RemoveAt(place);
            if (groups[group].Count == 0)
                groups.RemoveAt(group);
            (group, place) = FirstEndingBehind(start);
        }
        Insert(group, place, new Range(start, end, owner));
    }

    /// <summary>Whether every byte of the range is still what <paramref name="owner"/> wrote.</summary>
    public bool Holds(object owner, long start, long bytes)
    {
        if (bytes == 0)
            return true;
        (int group, int place) = FirstEndingBehind(start);
        return group < groups.Count && groups[group][place] is var range && range.Start == start && range.End == start + bytes
            && ReferenceEquals(range.Owner, owner);
    }

    /// <summary>The owners of ranges that reach into this one.</summary>
    public IEnumerable<object> OwnersWithin(long start, long bytes)
    {
        (int group, int place) = FirstEndingBehind(start);
        while (bytes > 0 && group < groups.Count && groups[group][place].Start < start + bytes)
        {
            yield return groups[group][place].Owner;
            (group, place) = place + 1 < groups[group].Count ? (group, place + 1) : (group + 1, 0);
        }
    }

    /// <summary>Puts a range in front of the one at a place, or behind all.</summary>
    private void Insert(int group, int place, Range range)
    {
        if (group == groups.Count)
        {
            if (group == 0)
                groups.Add([]);
            group = groups.Count - 1;
            place = groups[group].Count;
        }
        List<Range> ranges = groups[group];
        ranges.Insert(place, range);
        if (ranges.Count <= MostInGroup)
            return;
        int half = ranges.Count / 2;
        groups.Insert(group + 1, ranges.GetRange(half, ranges.Count - half));
        ranges.RemoveRange(half, ranges.Count - half);
    }

    /// <summary>Where the first range stands that ends behind <paramref name="start"/>; behind the last group where there is none.</summary>
    private (int Group, int Place) FirstEndingBehind(long start)
    {
        int group = 0, high = groups.Count;
        while (group < high)
        {
            int middle = group + ((high - group) / 2);
            if (groups[middle][groups[middle].Count - 1].End <= start)
                group = middle + 1;
            else
                high = middle;
        }
        if (group == groups.Count)
            return (group, 0);
        List<Range> ranges = groups[group];
        int place = 0;
        for (high = ranges.Count - 1; place < high;)
        {
            int middle = place + ((high - place) / 2);
            if (ranges[middle].End <= start)
                place = middle + 1;
            else
                high = middle;
        }
        return (group, place);
    }

    private readonly record struct Range(long Start, long End, object Owner);
}
