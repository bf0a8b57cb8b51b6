namespace TinyReorder.Arenas;

/// <content>What is placed where, what that leaves open, and how it is undone.</content>
internal sealed partial class PlacementSearch
{
    private const int RawChange = 0, BoundChange = 1, FloorChange = 2, PlacedChange = 3, RankChange = 4, SavingChange = 5;

    /// <summary>The offset each item would fall to: the top of what is placed below it.</summary>
    private readonly long[] raw;

    /// <summary>No solution below the current node has the item lower; at least <see cref="raw"/>.</summary>
    private readonly long[] bound;

    /// <summary>Where the item is placed, -1 while it is open.</summary>
    private readonly long[] offset;

    /// <summary>The item with the same size and sections that ranks just before, or -1.</summary>
    private readonly int[] twin;

    /// <summary>Which of two items at the same offset goes first; ranks are those of the part that is being solved.</summary>
    private readonly int[] rank;

    /// <summary>Which of two items with equally full sections ranks first.</summary>
    private readonly int[] tieRank;
    private readonly long[] fullest;

    /// <summary>Of each section: the lowest offset open in it, the units open, the items open, and those that go on into the next.</summary>
    private readonly long[] floor;
    private readonly long[] total;
    private readonly int[] open;
    private readonly int[] cuts;

    /// <summary>The open items of section s come first in its list; where each stands is kept by <see cref="Place"/>.</summary>
    private readonly int[] sectionItems;
    private readonly int[] standing;
    private readonly int[] standingStart;

    /// <summary>Changes of the number of reasons to look at a section again, section by section.</summary>
    private readonly int[] dirty;
    private int dirtyLow = int.MaxValue;
    private int dirtyHigh = -1;

    private int[] trailKey = new int[1024];
    private long[] trailValue = new long[1024];
    private int trailTop;

    private readonly long[] levelKeys;
    private readonly long[] levelSizes;

    private bool Start(int[] items)
    {
        ClearDirty();
        int component = problem.Component[items[0]];
        for (int s = problem.ComponentSections[component]; s < problem.ComponentSections[component + 1]; s++)
        {
            floor[s] = 0;
            total[s] = problem.SectionNet[s];
            open[s] = problem.SectionStart[s + 1] - problem.SectionStart[s];
            cuts[s] = 0;
            if (total[s] > capacity)
                return false;
        }
        StartSharing(component);
        effort += 16 * items.Length;
        Dictionary<(int, int, long), int> last = [];
        for (int rank = 0; rank < items.Length; rank++)
        {
            int item = items[rank];
            this.rank[item] = tieRank[item] = rank;
            offset[item] = -1;
            raw[item] = bound[item] = Math.Max(0, problem.Fixed[item]);
            if (raw[item] + problem.Size[item] > capacity)
                return false;
            for (int s = problem.SectionLow[item]; s < problem.SectionHigh[item]; s++)
                cuts[s]++;
            this.twin[item] = -1;
            if (problem.Fixed[item] >= 0 || sharing?.Involves[item] == true)
                continue;
            (int, int, long) kind = (problem.SectionLow[item], problem.SectionHigh[item], problem.Size[item]);
            if (last.TryGetValue(kind, out int twin))
                this.twin[item] = twin;
            last[kind] = item;
        }
        return true;
    }

    /// <summary>
    /// Places an item. True when some open item shares time with it. <paramref name="fits"/> is false when an item
    /// that is raised by it exceeds the capacity or its fixed offset.
    /// </summary>
    private bool Place(int item, long at, out bool fits)
    {
        long top = at + problem.Size[item];
        offset[item] = at;
        Log(PlacedChange, item, 0);
        fits = problem.Fixed[item] < 0 || problem.Fixed[item] == at;
        int standing = standingStart[item];
        for (int s = problem.SectionLow[item]; s <= problem.SectionHigh[item]; s++)
        {
            total[s] -= problem.Size[item];
            int last = problem.SectionStart[s] + --open[s];
            int stood = this.standing[standing];
            int moved = sectionItems[last];
            sectionItems[stood] = moved;
            sectionItems[last] = item;
            this.standing[standingStart[moved] + s - problem.SectionLow[moved]] = stood;
            this.standing[standing++] = last;
            if (!techniques.FloorOfOpen)
                SetFloor(s, sharing is null ? top : at + LeastAbove(item));
            if (s < problem.SectionHigh[item])
                cuts[s]--;
        }
        MarkDirty(item);
        bool covered = false;
        effort += 2 * (problem.SectionHigh[item] - problem.SectionLow[item] + 1) + problem.NeighbourStart[item + 1] - problem.NeighbourStart[item];
        int[] neighbours = problem.Neighbours;
        int end = problem.NeighbourStart[item + 1];
        if (sharing?.Involves[item] == true)
            return PlaceShared(item, at, ref fits);
        for (int i = problem.NeighbourStart[item]; i < end; i++)
        {
            int other = neighbours[i];
            if (offset[other] >= 0)
                continue;
            covered = true;
            if (raw[other] >= top)
                continue;
            Log(RawChange, other, raw[other]);
            raw[other] = top;
            if (bound[other] < top)
                SetBound(other, top);
            if (top + problem.Size[other] > capacity || (problem.Fixed[other] >= 0 && problem.Fixed[other] < top))
                fits = false;
        }
        return covered;
    }

    private void SetBound(int item, long bound)
    {
        Log(BoundChange, item, this.bound[item]);
        this.bound[item] = bound;
        MarkDirty(item);
    }

    private void SetFloor(int section, long floor)
    {
        if (this.floor[section] >= floor)
            return;
        Log(FloorChange, section, this.floor[section]);
        this.floor[section] = floor;
    }

    private void MarkDirty(int item)
    {
        int low = problem.SectionLow[item], high = problem.SectionHigh[item];
        dirty[low]++;
        dirty[high + 1]--;
        dirtyLow = Math.Min(dirtyLow, low);
        dirtyHigh = Math.Max(dirtyHigh, high);
    }

    private void Log(int kind, int index, long value)
    {
        if (trailTop == trailKey.Length)
        {
            Array.Resize(ref trailKey, 2 * trailTop);
            Array.Resize(ref trailValue, 2 * trailTop);
        }
        trailKey[trailTop] = (index << 3) | kind;
        trailValue[trailTop++] = value;
    }

    private void Undo(int mark)
    {
        ClearDirty();
        while (trailTop > mark)
        {
            int key = trailKey[--trailTop];
            int index = key >> 3;
            switch (key & 7)
            {
                case RawChange:
                    raw[index] = trailValue[trailTop];
                    break;
                case BoundChange:
                    bound[index] = trailValue[trailTop];
                    break;
                case FloorChange:
                    floor[index] = trailValue[trailTop];
                    break;
                case SavingChange:
                    total[index] += saving[index] - trailValue[trailTop];
                    saving[index] = trailValue[trailTop];
                    break;
                case RankChange:
                    rank[index] = (int)trailValue[trailTop];
                    break;
                default:
                    Unplace(index);
                    break;
            }
        }
    }

    private void Unplace(int item)
    {
        offset[item] = -1;
        for (int s = problem.SectionLow[item]; s <= problem.SectionHigh[item]; s++)
        {
            total[s] += problem.Size[item];
            open[s]++;
            if (s < problem.SectionHigh[item])
                cuts[s]++;
        }
    }

    private void ClearDirty()
    {
        if (dirtyHigh >= 0)
            Array.Clear(dirty, dirtyLow, dirtyHigh + 2 - dirtyLow);
        dirtyLow = int.MaxValue;
        dirtyHigh = -1;
    }
}
