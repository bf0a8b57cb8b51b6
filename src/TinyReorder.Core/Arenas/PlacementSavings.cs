namespace TinyReorder.Arenas;

/// <summary>
/// How many units the items of a section may save by lying on each other. Where several items cover a unit, each but the topmost is
/// charged with the next one above: no pair saves more than its largest overlap, and no item is charged for more units than
/// lie above the least distance of those that share with it.
/// </summary>
internal sealed class PlacementSavings
{
    private readonly long[] size;
    private readonly int[] start;
    private readonly Entry[] entries;

    public PlacementSavings(PlacementProblem problem, IReadOnlyList<PlacementPair> pairs)
    {
        size = problem.Size;
        List<(int Section, Entry Entry)> all = [];
        foreach (IGrouping<(int, int), PlacementPair> group in pairs.GroupBy(pair => (Math.Min(pair.Lower, pair.Upper), Math.Max(pair.Lower, pair.Upper))))
        {
            PlacementPair first = group.First();
            bool isOneWay = group.All(pair => pair.Lower == first.Lower);
            long overlap = group.Max(pair => Math.Min(size[pair.Upper], size[pair.Lower] - pair.Distance));
            Entry entry = new(first.Lower, first.Upper, group.Min(pair => pair.Distance), overlap, isOneWay);
            int last = Math.Min(problem.SectionHigh[entry.Lower], problem.SectionHigh[entry.Upper]);
            for (int s = Math.Max(problem.SectionLow[entry.Lower], problem.SectionLow[entry.Upper]); s <= last; s++)
                all.Add((s, entry));
        }
        entries = new Entry[all.Count];
        start = new int[problem.SectionCount + 1];
        int next = 0;
        foreach (IGrouping<int, (int Section, Entry Entry)> section in all.GroupBy(pair => pair.Section).OrderBy(section => section.Key))
        {
            start[section.Key] = next;
            // Items at one offset have an order from lower to upper unless their shares go round in a circle.
            HashSet<int> zeroUppers = [.. section.Where(pair => pair.Entry.Distance == 0).Select(pair => pair.Entry.Upper)];
            HashSet<int> zeroLowers = [.. section.Where(pair => pair.Entry.Distance == 0).Select(pair => pair.Entry.Lower)];
            foreach ((_, Entry entry) in section.OrderBy(pair => pair.Entry.Lower))
                entries[next++] = entry with { IsCapped = entry.IsCapped && !(zeroUppers.Contains(entry.Lower) && zeroLowers.Contains(entry.Lower)) };
            start[section.Key + 1] = next;
        }
        for (int s = 1; s < start.Length; s++)
            start[s] = Math.Max(start[s], start[s - 1]);
    }

    /// <summary>Whether anything in the section shares.</summary>
    public bool Any(int section) => start[section] < start[section + 1];

    /// <summary>What the items of a section save at most when those with an offset of 0 or more count no longer.</summary>
    public long Of(int section, long[]? offset)
    {
        long saving = 0;
        int end = start[section + 1];
        for (int i = start[section]; i < end;)
        {
            int lower = entries[i].Lower;
            long sum = 0, cap = 0;
            for (; i < end && entries[i].Lower == lower; i++)
            {
                ref Entry entry = ref entries[i];
                if (offset is not null && (offset[lower] >= 0 || offset[entry.Upper] >= 0))
                    continue;
                if (!entry.IsCapped)
                {
                    saving += entry.Overlap;
                    continue;
                }
                sum += entry.Overlap;
                cap = Math.Max(cap, size[lower] - entry.Distance);
            }
            saving += Math.Min(sum, cap);
        }
        return saving;
    }

    /// <summary>What pairs other than this one save at most in a section.</summary>
    public long Beside(int section, int a, int b)
    {
        long saving = 0;
        for (int i = start[section]; i < start[section + 1]; i++)
        {
            Entry entry = entries[i];
            if (!(entry.Lower == a && entry.Upper == b) && !(entry.Lower == b && entry.Upper == a))
                saving += entry.Overlap;
        }
        return saving;
    }

    private record struct Entry(int Lower, int Upper, long Distance, long Overlap, bool IsCapped);
}
