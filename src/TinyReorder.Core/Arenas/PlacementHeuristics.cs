namespace TinyReorder.Arenas;

/// <summary>Greedy placements: items in some order, each into a gap between those already placed that share time with it.</summary>
internal sealed class PlacementHeuristics(PlacementProblem problem, PlacementClock clock)
{
    /// <summary>The orders to try, by <see cref="PlacementRanking"/>; the first ones are those that most often meet the bound.</summary>
    private static readonly PlacementQuantity[][] Orders =
    [
        [PlacementQuantity.Size],
        [PlacementQuantity.Area],
        [PlacementQuantity.Lifetime, PlacementQuantity.Size],
        [PlacementQuantity.FullestSection, PlacementQuantity.Area],
        [PlacementQuantity.First, PlacementQuantity.Size],
        [PlacementQuantity.Last, PlacementQuantity.Size],
        [PlacementQuantity.FullestSection, PlacementQuantity.Lifetime],
        [PlacementQuantity.Sections, PlacementQuantity.Size],
    ];

    /// <summary>To look at one that is placed costs as much as to look at a neighbour and sort it in, so many times over.</summary>
    private const int LooksForOneSorted = 4;

    /// <summary>Past so many, what is left is put on top: items so many and in such disorder are of no network.</summary>
    private const long MostLooks = 50_000_000;

    private readonly long[] offset = new long[problem.Count];

    /// <summary>All placed items by offset, where neighbours are listed.</summary>
    private readonly Block[] placed = new Block[problem.IsListed ? problem.Count : 0];

    /// <summary>All placed items where they are not.</summary>
    private GapFinder gaps = new();
    private readonly bool[] isPartner = new bool[problem.Count];
    private int placedCount;
    private long[] keys = new long[16];
    private Block[] blocks = new Block[16];

    /// <summary>
    /// Improves the offsets of each component (units) until all are at most <paramref name="goal"/> or its own lower bound high.
    /// </summary>
    public void Improve(long[] offsets, long[] heights, long goal)
    {
        for (int i = 0; i < Orders.Length; i++)
        {
            int[] order = PlacementRanking.Order(problem, Orders[i]);
            // Without lists of neighbours a pass may cost the square of the items; the most useful few must do, each into the lowest gap.
            for (int bestFit = 0; bestFit < (problem.IsListed ? 2 : i < 3 ? 1 : 0); bestFit++)
            {
                if (!Enumerable.Range(0, heights.Length).Any(c => heights[c] > Math.Max(goal, problem.ComponentBound[c])))
                    return;
                Run(order, bestFit == 1);
                if (clock.IsOver() && heights[0] < long.MaxValue)
                    return;
                Keep(offsets, heights);
            }
        }
    }

    private void Keep(long[] offsets, long[] heights)
    {
        long[] reached = new long[heights.Length];
        for (int i = 0; i < problem.Count; i++)
            reached[problem.Component[i]] = Math.Max(reached[problem.Component[i]], offset[i] + problem.Size[i]);
        for (int i = 0; i < problem.Count; i++)
        {
            if (reached[problem.Component[i]] < heights[problem.Component[i]])
                offsets[i] = offset[i];
        }
        for (int c = 0; c < heights.Length; c++)
            heights[c] = Math.Min(heights[c], reached[c]);
    }

    private void Run(int[] order, bool bestFit)
    {
        placedCount = 0;
        gaps = new GapFinder();
        for (int i = 0; i < problem.Count; i++)
        {
            offset[i] = problem.Fixed[i];
            if (offset[i] >= 0)
                Insert(i);
        }
        foreach (int item in order)
        {
            if (offset[item] >= 0)
                continue;
            offset[item] = problem.IsListed && problem.Sharing?.Involves[item] == true ? FitSharing(item, bestFit) : Fit(item, bestFit);
            Insert(item);
            if ((item & 63) == 0)
                clock.IsOver();
        }
    }

    private void Insert(int item)
    {
        if (!problem.IsListed)
        {
            gaps.Add(offset[item], offset[item] + problem.Size[item], problem.SectionLow[item], problem.SectionHigh[item]);
            return;
        }
        int low = 0, high = placedCount;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (placed[middle].Offset <= offset[item])
                low = middle + 1;
            else
                high = middle;
        }
        Array.Copy(placed, low, placed, low + 1, placedCount - low);
        placed[low] = BlockOf(item);
        placedCount++;
    }

    private long Fit(int item, bool bestFit)
    {
        if (!problem.IsListed)
            return gaps.Looks < MostLooks ? gaps.LowestGap(problem.Size[item], problem.SectionLow[item], problem.SectionHigh[item]) : gaps.Top;
        bool hasFewNeighbours = placedCount / LooksForOneSorted > problem.NeighbourStart[item + 1] - problem.NeighbourStart[item];
        if (!hasFewNeighbours)
            return Fit(item, placed, placedCount, bestFit);
        int count = Gather(item);
        return Fit(item, blocks, count, bestFit);
    }

    /// <summary>Lists the placed neighbours of an item by offset.</summary>
    private int Gather(int item)
    {
        int from = problem.NeighbourStart[item], to = problem.NeighbourStart[item + 1];
        Reserve(to - from);
        int count = 0;
        for (int i = from; i < to; i++)
        {
            int other = problem.Neighbours[i];
            if (offset[other] < 0)
                continue;
            keys[count] = offset[other];
            blocks[count++] = BlockOf(other);
        }
        Array.Sort(keys, blocks, 0, count);
        return count;
    }

    /// <summary>The lowest gap that takes the item, or of those below the top the tightest.</summary>
    private long Fit(int item, Block[] blocks, int count, bool bestFit)
    {
        long size = problem.Size[item];
        int low = problem.SectionLow[item], high = problem.SectionHigh[item];
        long top = 0, best = -1, bestSlack = long.MaxValue;
        for (int i = 0; i < count; i++)
        {
            ref Block block = ref blocks[i];
            if (block.SectionLow > high || block.SectionHigh < low)
                continue;
            long slack = block.Offset - top - size;
            if (slack >= 0 && slack < bestSlack)
            {
                best = top;
                bestSlack = slack;
                if (!bestFit)
                    break;
            }
            top = Math.Max(top, block.Top);
        }
        return best >= 0 ? best : top;
    }

    /// <summary>The lowest place that shares allow, or of those at an exact distance the lowest, if there are any and they come first.</summary>
    private long FitSharing(int item, bool exactFirst)
    {
        PlacementSharing sharing = problem.Sharing!;
        long exact = long.MaxValue, size = problem.Size[item];
        foreach (long place in sharing.ExactPlaces(item, offset))
            exact = Math.Min(exact, place);
        if (exactFirst && exact < long.MaxValue)
            return exact;
        // Starts strictly between a block's two ends are taken: by the few that share with it here, by all others in the order of their offsets.
        int count = GatherPartners(item), next = 0;
        int sectionLow = problem.SectionLow[item], sectionHigh = problem.SectionHigh[item];
        long lowest = 0;
        for (int i = 0; i < placedCount; i++)
        {
            ref Block block = ref placed[i];
            if (block.SectionLow > sectionHigh || block.SectionHigh < sectionLow || isPartner[block.Item])
                continue;
            for (; next < count && keys[next] <= block.Offset - size; next++)
                Raise(next);
            if (block.Offset - size >= lowest)
                break;
            lowest = Math.Max(lowest, block.Top);
        }
        for (; next < count; next++)
            Raise(next);
        foreach (int i in sharing.Partners[item])
            isPartner[problem.Neighbours[i]] = false;
        return Math.Min(lowest, exact);

        void Raise(int partner) => lowest = keys[partner] < lowest ? Math.Max(lowest, blocks[partner].Top) : lowest;
    }

    /// <summary>Lists the placed items that share with this one by where the starts that they leave it end.</summary>
    private int GatherPartners(int item)
    {
        PlacementSharing sharing = problem.Sharing!;
        Reserve(sharing.Partners[item].Length);
        int count = 0;
        foreach (int i in sharing.Partners[item])
        {
            int other = problem.Neighbours[i];
            isPartner[other] = true;
            if (offset[other] < 0)
                continue;
            (PlacementRelation? below, PlacementRelation? above) = (sharing.Below[i], sharing.Above[i]);
            long low = offset[other] - (above?.Weight ?? problem.Size[item]);
            long high = offset[other] + (below?.Weight ?? problem.Size[other]);
            if (high - low < 2)
                continue;
            keys[count] = low;
            blocks[count++] = new(other, low, high, 0, 0);
        }
        Array.Sort(keys, blocks, 0, count);
        return count;
    }

    private void Reserve(int count)
    {
        if (count <= keys.Length)
            return;
        Array.Resize(ref keys, 2 * count);
        Array.Resize(ref blocks, 2 * count);
    }

    private Block BlockOf(int item) =>
        new(item, offset[item], offset[item] + problem.Size[item], problem.SectionLow[item], problem.SectionHigh[item]);

    private readonly record struct Block(int Item, long Offset, long Top, int SectionLow, int SectionHigh);
}
