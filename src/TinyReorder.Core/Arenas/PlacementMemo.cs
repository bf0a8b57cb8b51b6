namespace TinyReorder.Arenas;

/// <summary>
/// States of the exact search that are known to fail: a hash table keyed by 64 bits and checked against 64 more, where a newer state
/// takes the place of an older one. It grows with its use. A state that failed from one start also fails from one that leaves less open.
/// </summary>
internal sealed class PlacementMemo
{
    private const int LeastBits = 8, MostBits = 18;

    private Entry[] entries = new Entry[1 << LeastBits];
    private int shift = 64 - LeastBits;
    private int added;

    public bool KnowsFailure(ulong key, ulong check, PlacementStart from)
    {
        ref Entry entry = ref entries[key >> shift];
        return entry.Key == key && entry.Check == check && entry.From.Includes(from);
    }

    public void AddFailure(ulong key, ulong check, PlacementStart from)
    {
        if (added++ == entries.Length && shift > 64 - MostBits)
            Grow();
        entries[key >> shift] = new Entry { Key = key, Check = check, From = from };
    }

    private void Grow()
    {
        Entry[] old = entries;
        shift -= 2;
        entries = new Entry[4 * old.Length];
        foreach (Entry entry in old)
            entries[entry.Key >> shift] = entry;
        added = 0;
    }

    private struct Entry
    {
        public ulong Key;
        public ulong Check;
        public PlacementStart From;
    }
}
