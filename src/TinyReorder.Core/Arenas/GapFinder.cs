namespace TinyReorder.Arenas;

/// <summary>
/// Buffers at their offsets, and the lowest gap between those that are in use at some time. They stand in small groups by offset, each with what its buffers
/// have in common, so that a group is mostly passed over as a whole: because none of it is in use then, or because all of it is and its gaps are too small.
/// </summary>
internal sealed class GapFinder
{
    private const int MostInGroup = 64;

    private readonly List<Group> groups = [];

    /// <summary>Buffers and groups looked at so far.</summary>
    public long Looks { get; private set; }

    /// <summary>The end of the highest buffer; 0 without buffers.</summary>
    public long Top { get; private set; }

    /// <summary>Puts a buffer to the others, behind those at the same offset.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="top">Where it ends.</param>
    /// <param name="first">The first moment at which it is in use.</param>
    /// <param name="last">The last moment at which it is in use; inclusive.</param>
    public void Add(long offset, long top, int first, int last)
    {
        if (groups.Count == 0)
            groups.Add(new Group());
        int place = LastFrom(offset);
        Group group = groups[place];
        if (group.Count == MostInGroup)
        {
            groups.Insert(place + 1, group.Split());
            group = groups[LastFrom(offset)];
        }
        group.Insert(new Entry(offset, top, first, last));
        Top = Math.Max(Top, top);
    }

    /// <summary>
    /// The lowest start from 0 on of <paramref name="size"/> free bytes between buffers in use from <paramref name="first"/> to <paramref name="last"/>, or
    /// above them.
    /// </summary>
    public long LowestGap(long size, int first, int last)
    {
        long candidate = 0;
        foreach (Group group in groups)
        {
            Looks++;
            if (group.MeetsNone(first, last))
                continue;
            if (group.MeetsAll(first, last) && group.LargestGap < size && group.Entries[0].Offset - candidate < size)
            {
                candidate = Math.Max(candidate, group.Top);
                continue;
            }
            Looks += group.Count;
            for (int i = 0; i < group.Count; i++)
            {
                ref Entry other = ref group.Entries[i];
                if (other.First > last || first > other.Last)
                    continue;
                if (other.Offset - candidate >= size)
                    return candidate;
                candidate = Math.Max(candidate, other.Top);
            }
        }
        return candidate;
    }

    /// <summary>The last group that begins at <paramref name="offset"/> or below; the first where there is none.</summary>
    private int LastFrom(long offset)
    {
        int low = 0, high = groups.Count - 1;
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            if (groups[middle].Entries[0].Offset <= offset)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private readonly record struct Entry(long Offset, long Top, int First, int Last);

    /// <summary>Some buffers in the order of their offsets.</summary>
    private sealed class Group
    {
        private int leastFirst = int.MaxValue;
        private int mostFirst = int.MinValue;
        private int leastLast = int.MaxValue;
        private int mostLast = int.MinValue;

        public Entry[] Entries { get; } = new Entry[MostInGroup];

        public int Count { get; private set; }

        /// <summary>The end of the highest.</summary>
        public long Top { get; private set; } = long.MinValue;

        /// <summary>The most that is free between two of them when all are in use; negative where they overlap.</summary>
        public long LargestGap { get; private set; } = long.MinValue;

        public bool MeetsNone(int first, int last) => leastFirst > last || first > mostLast;

        public bool MeetsAll(int first, int last) => mostFirst <= last && first <= leastLast;

        public void Insert(Entry entry)
        {
            int place = Count;
            while (place > 0 && Entries[place - 1].Offset > entry.Offset)
                place--;
            Array.Copy(Entries, place, Entries, place + 1, Count++ - place);
            Entries[place] = entry;
            Summarize();
        }

        /// <summary>Leaves the lower half here and gives the other.</summary>
        public Group Split()
        {
            var upper = new Group();
            int half = Count / 2;
            upper.Count = Count - half;
            Count = half;
            Array.Copy(Entries, half, upper.Entries, 0, upper.Count);
            Summarize();
            upper.Summarize();
            return upper;
        }

        private void Summarize()
        {
            (leastFirst, mostFirst, leastLast, mostLast) = (int.MaxValue, int.MinValue, int.MaxValue, int.MinValue);
            Top = Entries[0].Top;
            LargestGap = long.MinValue;
            for (int i = 0; i < Count; i++)
            {
                Entry entry = Entries[i];
                leastFirst = Math.Min(leastFirst, entry.First);
                mostFirst = Math.Max(mostFirst, entry.First);
                leastLast = Math.Min(leastLast, entry.Last);
                mostLast = Math.Max(mostLast, entry.Last);
                if (i > 0)
                    LargestGap = Math.Max(LargestGap, entry.Offset - Top);
                Top = Math.Max(Top, entry.Top);
            }
        }
    }
}
