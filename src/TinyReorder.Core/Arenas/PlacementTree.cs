namespace TinyReorder.Arenas;

/// <summary>
/// A component with all its constraints left out but those of a tree: each item is held against one that is live when it enters. For a
/// capacity the offsets that an item may have, given that all below it in the tree can be placed, are a few intervals; so whether the tree
/// fits is decided exactly, in one pass. What does not fit as a tree does not fit at all. Where never more than two items are live
/// together (networks without branches) the tree is the whole problem.
/// </summary>
internal sealed class PlacementTree
{
    /// <summary>More intervals than this are joined where the gaps are; the answer may then be that it fits though it does not.</summary>
    private const int MostIntervals = 1024;

    private readonly PlacementProblem problem;

    /// <summary>The items in the order in which they enter; each but the first comes after its parent.</summary>
    private readonly int[] items;
    private readonly int[] parent;
    private readonly long[] beside;
    private readonly List<(long Low, long High)>?[] allowed;

    private PlacementTree(PlacementProblem problem, int[] items, int[] parent, long[] beside, bool isWhole)
    {
        this.problem = problem;
        this.items = items;
        this.parent = parent;
        this.beside = beside;
        allowed = new List<(long Low, long High)>?[problem.Count];
        IsWhole = isWhole;
    }

    /// <summary>Whether the tree leaves no constraint out.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What a parent may be preferred for, of two items: parent and child.</summary>
    public static IEnumerable<Func<int, int, long>> Preferences(PlacementProblem problem)
    {
        yield return (parent, child) => Distance(parent, child);
        yield return (parent, _) => problem.Size[parent];
        yield return (parent, _) => problem.SectionLow[parent];
        yield return (parent, _) => problem.SectionHigh[parent];
        yield return (parent, _) => -problem.SectionHigh[parent];

        long Distance(int parent, int child) =>
            problem.Sharing?.Find(child, parent)?.Least ?? problem.Sharing?.Find(parent, child)?.Least ?? -1;
    }

    /// <summary>The tree of a component in which each item has as its parent the live one with the most of what is asked for.</summary>
    public static PlacementTree Of(PlacementProblem problem, IEnumerable<int> component, Func<int, int, long> preference)
    {
        int[] items = component.OrderBy(i => problem.SectionLow[i]).ToArray();
        int[] parent = new int[problem.Count];
        long[] beside = new long[problem.Count];
        bool isWhole = true;
        List<int> live = [];
        foreach (int item in items)
        {
            live.RemoveAll(other => problem.SectionHigh[other] < problem.SectionLow[item]);
            parent[item] = live.Count == 0 ? -1 : live[0];
            foreach (int other in live)
            {
                if (preference(other, item) > preference(parent[item], item))
                    parent[item] = other;
            }
            isWhole &= live.Count < 2;
            live.Add(item);
            if (parent[item] < 0)
                continue;
            // The units that the others of the fullest section take beside the two.
            for (int s = problem.SectionLow[item]; s <= Math.Min(problem.SectionHigh[item], problem.SectionHigh[parent[item]]); s++)
            {
                long others = problem.SectionTotal[s] - problem.Size[item] - problem.Size[parent[item]] - (problem.Sharing?.Savings.Beside(s, item,
                    parent[item]) ?? 0);
                beside[item] = Math.Max(beside[item], others);
            }
        }
        return new(problem, items, parent, beside, isWhole);
    }

    /// <summary>The least capacity that the tree fits, from <paramref name="least"/> to <paramref name="most"/>, which it is known to fit.</summary>
    public long LeastCapacity(long least, long most)
    {
        // Nearly always the first question is the last.
        for (long middle = least; least < most; middle = least + (most - least) / 2)
        {
            if (Fits(middle))
                most = middle;
            else
                least = middle + 1;
        }
        return least;
    }

    /// <summary>Whether the tree fits a capacity.</summary>
    public bool Fits(long capacity)
    {
        foreach (int item in items)
        {
            long highest = capacity - problem.Size[item];
            long at = problem.Fixed[item];
            if (highest < Math.Max(at, 0))
                return false;
            allowed[item] = [at < 0 ? (0, highest) : (at, at)];
        }
        for (int i = items.Length - 1; i > 0; i--)
        {
            int item = items[i], parent = this.parent[item];
            allowed[parent] = Intersect(allowed[parent]!, Reach(item, parent, capacity));
            if (allowed[parent]!.Count == 0)
                return false;
        }
        return true;
    }

    /// <summary>Places a whole tree that <see cref="Fits"/>; each item as low as what stands above it in the tree lets it.</summary>
    public void Place(long[] offsets)
    {
        foreach (int item in items)
        {
            int parent = this.parent[item];
            if (parent < 0)
            {
                offsets[item] = allowed[item]![0].Low;
                continue;
            }
            List<(long Low, long High)> open = Reach([(offsets[parent], offsets[parent])], parent, item, long.MaxValue / 2, 0);
            offsets[item] = Intersect(open, allowed[item]!)[0].Low;
        }
    }

    private List<(long Low, long High)> Reach(int item, int parent, long capacity) =>
        Reach(allowed[item]!, item, parent, capacity, beside[item]);

    /// <summary>The offsets of <paramref name="to"/> that some offset of <paramref name="from"/> allows.</summary>
    private List<(long Low, long High)> Reach(List<(long Low, long High)> allowed, int from, int to, long capacity, long beside)
    {
        List<(long Low, long High)> reached = [];
        long left = capacity - beside;
        long sizeFrom = problem.Size[from], sizeTo = problem.Size[to];
        if (Math.Max(sizeFrom, sizeTo) > left)
            return reached;
        bool areApart = sizeFrom + sizeTo <= left;
        PlacementRelation? above = problem.Sharing?.Find(from, to), below = problem.Sharing?.Find(to, from);
        // Together they may reach from the start of the lower to the end of the upper over no more than is left.
        long mostAbove = areApart ? capacity : left - sizeTo, mostBelow = areApart ? capacity : left - sizeFrom;
        long leastAbove = above?.Weight ?? sizeFrom, leastBelow = below?.Weight ?? sizeTo;
        foreach ((long low, long high) in allowed)
        {
            if (leastAbove <= mostAbove)
                reached.Add((low + leastAbove, high + mostAbove));
            if (leastBelow <= mostBelow)
                reached.Add((low - mostBelow, high - leastBelow));
            foreach (long point in above?.Points ?? [])
            {
                if (point <= mostAbove)
                    reached.Add((low + point, high + point));
            }
            foreach (long point in below?.Points ?? [])
            {
                if (point <= mostBelow)
                    reached.Add((low - point, high - point));
            }
        }
        return Joined(reached);
    }

    private List<(long Low, long High)> Joined(List<(long Low, long High)> intervals)
    {
        intervals.Sort();
        List<(long Low, long High)> joined = [];
        foreach ((long low, long high) in intervals)
        {
            int last = joined.Count - 1;
            if (last >= 0 && low <= joined[last].High + 1)
                joined[last] = (joined[last].Low, Math.Max(joined[last].High, high));
            else
                joined.Add((low, high));
        }
        if (joined.Count <= MostIntervals)
            return joined;
        IsWhole = false;
        return [(joined[0].Low, joined[joined.Count - 1].High)];
    }

    private static List<(long Low, long High)> Intersect(List<(long Low, long High)> a, List<(long Low, long High)> b)
    {
        List<(long Low, long High)> common = [];
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            long low = Math.Max(a[i].Low, b[j].Low), high = Math.Min(a[i].High, b[j].High);
            if (low <= high)
                common.Add((low, high));
            if (a[i].High < b[j].High)
                i++;
            else
                j++;
        }
        return common;
    }
}
