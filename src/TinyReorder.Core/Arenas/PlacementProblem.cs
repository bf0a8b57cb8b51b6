using TinyReorder.Sizes;

namespace TinyReorder.Arenas;

/// <summary>
/// The items in the form that the algorithms work on: sizes in units (the greatest common divisor of all sizes, fixed offsets and
/// distances, which every offset that matters is a multiple of), and lifetimes as ranges of sections. A section is a maximal set of buffers
/// that are live together; sections are numbered in time, and two buffers share time exactly when their ranges of sections meet.
/// </summary>
internal sealed class PlacementProblem
{
    /// <summary>Above this many neighbours or places in sections in all, only the heuristics that need no such lists are used.</summary>
    private const long MostListed = 4_000_000;

    private PlacementProblem(int count)
    {
        Size = new long[count];
        Fixed = new long[count];
        Steps = new long[count];
        SectionLow = new int[count];
        SectionHigh = new int[count];
        Component = new int[count];
        Rounded = new long[count];
    }

    public int Count => Size.Length;

    /// <summary>Bytes of one unit.</summary>
    public long Unit { get; private set; } = 1;

    /// <summary>Sizes in units.</summary>
    public long[] Size { get; }

    /// <summary>Fixed offsets in units, -1 where there is none.</summary>
    public long[] Fixed { get; }

    /// <summary>Lengths of the lifetimes in steps.</summary>
    public long[] Steps { get; }

    /// <summary>The first section of each item.</summary>
    public int[] SectionLow { get; }

    /// <summary>The last section of each item, inclusive.</summary>
    public int[] SectionHigh { get; }

    /// <summary>The component of each item; nothing live crosses from one to the next.</summary>
    public int[] Component { get; }

    /// <summary>Units live in each section.</summary>
    public long[] SectionTotal { get; private set; } = [];

    /// <summary>Units that each section takes at least, whatever its items share.</summary>
    public long[] SectionNet { get; private set; } = [];

    /// <summary>Who may lie on common bytes with whom; null where nobody may.</summary>
    public PlacementSharing? Sharing { get; private set; }

    /// <summary>Where each component's sections begin, with the number of sections at the end.</summary>
    public int[] ComponentSections { get; private set; } = [];

    /// <summary>A lower bound of the height of each component, in units.</summary>
    public long[] ComponentBound { get; private set; } = [];

    /// <summary>Whether <see cref="NeighbourStart"/> and <see cref="SectionStart"/> are filled.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Neighbours (items that share time) of item i are <c>Neighbours[NeighbourStart[i] .. NeighbourStart[i + 1]]</c>.</summary>
    public int[] NeighbourStart { get; private set; } = [];

    public int[] Neighbours { get; private set; } = [];

    /// <summary>Items of section s are <c>SectionItems[SectionStart[s] .. SectionStart[s + 1]]</c>.</summary>
    public int[] SectionStart { get; private set; } = [];

    public int[] SectionItems { get; private set; } = [];

    public int SectionCount => SectionTotal.Length;

    public int ComponentCount => ComponentBound.Length;

    /// <summary>No placement is lower, in units.</summary>
    public long LowerBound => ComponentBound.Length == 0 ? 0 : ComponentBound.Max();

    private long[] Rounded { get; }

    public static PlacementProblem From(IReadOnlyList<PlacementItem> items, long alignmentBytes, IReadOnlyList<PlacementShare>? shares = null)
    {
        PlacementProblem problem = new(items.Count);
        if (alignmentBytes <= 0)
            throw PlacementErrors.BadAlignment(alignmentBytes);
        List<PlacementPair> pairs = shares is null ? [] : PlacementPair.Read(items, shares, alignmentBytes);
        problem.ReadSizes(items, alignmentBytes, pairs);
        problem.Sweep(items);
        problem.SectionNet = problem.SectionTotal;
        if (pairs.Count > 0)
        {
            PlacementSharing sharing = new(problem, pairs.ConvertAll(pair => pair with { Distance = pair.Distance / problem.Unit }));
            problem.Sharing = sharing;
            problem.SectionNet = problem.SectionTotal.Select((total, s) => total - sharing.Savings.Of(s, null)).ToArray();
        }
        problem.ListNeighbours();
        if (problem.IsListed)
            problem.Sharing?.ListNeighbours();
        problem.CheckFixed(items);
        problem.Bound();
        return problem;
    }

    private void ReadSizes(IReadOnlyList<PlacementItem> items, long alignmentBytes, List<PlacementPair> pairs)
    {
        long unit = 0, total = 0;
        for (int i = 0; i < items.Count; i++)
        {
            PlacementItem item = items[i];
            if (item.Bytes <= 0 || item.First > item.Last || item.FixedOffset < 0 || item.FixedOffset % alignmentBytes > 0)
                throw PlacementErrors.BadItem(item, alignmentBytes);
            // Every sum that the algorithms form stays below this total, so that one check here is enough.
            if (item.Bytes > long.MaxValue / 4 - alignmentBytes || (item.FixedOffset ?? 0) > long.MaxValue / 4)
                throw PlacementErrors.TooLarge();
            Rounded[i] = Rounding.Up(item.Bytes, alignmentBytes);
            total += Rounded[i];
            if (total > long.MaxValue / 4)
                throw PlacementErrors.TooLarge();
            unit = GreatestCommonDivisor(GreatestCommonDivisor(unit, Rounded[i]), item.FixedOffset ?? 0);
        }
        foreach (PlacementPair pair in pairs)
            unit = GreatestCommonDivisor(unit, pair.Distance);
        Unit = Math.Max(unit, 1);
        for (int i = 0; i < items.Count; i++)
        {
            Size[i] = Rounded[i] / Unit;
            Fixed[i] = items[i].FixedOffset is long at ? at / Unit : -1;
            Steps[i] = (long)items[i].Last - items[i].First + 1;
        }
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    /// <summary>Numbers sections and components in one pass over the lifetimes' ends in the order of time.</summary>
    private void Sweep(IReadOnlyList<PlacementItem> items)
    {
        int[] byFirst = Enumerable.Range(0, Count).OrderBy(i => items[i].First).ToArray();
        int[] byLast = Enumerable.Range(0, Count).OrderBy(i => items[i].Last).ToArray();
        List<long> totals = [];
        List<int> componentSections = [0];
        long live = 0;
        bool opened = false;
        for (int start = 0, end = 0; end < Count;)
        {
            if (start < Count && items[byFirst[start]].First <= items[byLast[end]].Last)
            {
                int item = byFirst[start++];
                SectionLow[item] = totals.Count;
                Component[item] = componentSections.Count - 1;
                live += Size[item];
                opened = true;
                continue;
            }
            if (opened)
                totals.Add(live);
            opened = false;
            int ended = byLast[end++];
            SectionHigh[ended] = totals.Count - 1;
            live -= Size[ended];
            if (end == start)
                componentSections.Add(totals.Count);
        }
        SectionTotal = totals.ToArray();
        ComponentSections = componentSections.ToArray();
    }

    private void ListNeighbours()
    {
        long inSections = 0;
        for (int i = 0; i < Count; i++)
            inSections += SectionHigh[i] - SectionLow[i] + 1;
        if (inSections > MostListed)
            return;
        SectionStart = new int[SectionCount + 1];
        for (int i = 0; i < Count; i++)
        {
            for (int s = SectionLow[i]; s <= SectionHigh[i]; s++)
                SectionStart[s + 1]++;
        }
        for (int s = 0; s < SectionCount; s++)
            SectionStart[s + 1] += SectionStart[s];
        SectionItems = new int[SectionStart[SectionCount]];
        int[] fill = (int[])SectionStart.Clone();
        for (int i = 0; i < Count; i++)
        {
            for (int s = SectionLow[i]; s <= SectionHigh[i]; s++)
                SectionItems[fill[s]++] = i;
        }

        // Two items first meet in the later of their first sections: there the pair is counted, and there it is listed.
        long[] degree = new long[Count];
        long pairs = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int s = 0; s < SectionCount; s++)
            {
                for (int a = SectionStart[s]; a < SectionStart[s + 1]; a++)
                {
                    int entering = SectionItems[a];
                    if (SectionLow[entering] != s)
                        continue;
                    for (int b = SectionStart[s]; b < SectionStart[s + 1]; b++)
                    {
                        int other = SectionItems[b];
                        // Of two that enter together the pair is taken once, by the smaller number.
                        if (other == entering || (SectionLow[other] == s && other < entering))
                            continue;
                        if (pass == 0)
                        {
                            degree[entering]++;
                            degree[other]++;
                            pairs++;
                            continue;
                        }
                        Neighbours[degree[entering]++] = other;
                        Neighbours[degree[other]++] = entering;
                    }
                    if (2 * pairs > MostListed)
                        return;
                }
            }
            if (pass == 1)
                break;
            NeighbourStart = new int[Count + 1];
            for (int i = 0; i < Count; i++)
            {
                NeighbourStart[i + 1] = NeighbourStart[i] + (int)degree[i];
                degree[i] = NeighbourStart[i];
            }
            Neighbours = new int[NeighbourStart[Count]];
        }
        IsListed = true;
    }

    private void CheckFixed(IReadOnlyList<PlacementItem> items)
    {
        int[] fixedItems = Enumerable.Range(0, Count).Where(i => Fixed[i] >= 0).OrderBy(i => SectionLow[i]).ToArray();
        List<int> live = [];
        foreach (int item in fixedItems)
        {
            live.RemoveAll(other => SectionHigh[other] < SectionLow[item]);
            foreach (int other in live)
            {
                bool overlap = Fixed[item] < Fixed[other] + Size[other] && Fixed[other] < Fixed[item] + Size[item];
                if (overlap && Sharing?.Allows(item, Fixed[item], other, Fixed[other]) != true)
                    throw PlacementErrors.FixedOverlap(items[other], items[item]);
            }
            live.Add(item);
        }
    }

    private void Bound()
    {
        ComponentBound = new long[ComponentSections.Length - 1];
        for (int component = 0; component < ComponentBound.Length; component++)
        {
            for (int s = ComponentSections[component]; s < ComponentSections[component + 1]; s++)
                ComponentBound[component] = Math.Max(ComponentBound[component], SectionNet[s]);
        }
        for (int i = 0; i < Count; i++)
        {
            // An item takes its own size even where what it shares could save more than that.
            ComponentBound[Component[i]] = Math.Max(ComponentBound[Component[i]], Math.Max(Fixed[i], 0) + Size[i]);
        }
    }
}
