namespace TinyReorder.Arenas;

/// <summary>Greedy placements: items in some order, each into a gap between those already placed that share time with it.</summary>
internal sealed class PlacementHeuristics(PlacementProblem problem, PlacementClock clock)
{
    /// <summary>The orders to try, by <see cref="PlacementRanking"/>; the first ones are those that most often meet the bound.</summary>
    private static readonly string[] Orders = ["Z", "A", "WZ", "TA", "FZ", "LZ", "TW", "CZ"];

    private readonly long[] _offset = new long[problem.Count];
    private int[] _below = new int[16];
    private long[] _belowOffset = new long[16];

    /// <summary>
    /// Improves the offsets of each component (units) until all are at most <paramref name="goal"/> or its own lower bound high.
    /// </summary>
    public void Improve(long[] offsets, long[] heights, long goal)
    {
        for (int i = 0; i < Orders.Length; i++)
        {
            int[] order = PlacementRanking.Order(problem, Orders[i]);
            // Without lists of neighbours one pass costs the square of the items; the most useful few must do.
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
            reached[problem.Component[i]] = Math.Max(reached[problem.Component[i]], _offset[i] + problem.Size[i]);
        for (int i = 0; i < problem.Count; i++)
        {
            if (reached[problem.Component[i]] < heights[problem.Component[i]])
                offsets[i] = _offset[i];
        }
        for (int c = 0; c < heights.Length; c++)
            heights[c] = Math.Min(heights[c], reached[c]);
    }

    private void Run(int[] order, bool bestFit)
    {
        for (int i = 0; i < problem.Count; i++)
            _offset[i] = problem.Fixed[i];
        if (problem.IsListed)
        {
            foreach (int item in order)
            {
                if (_offset[item] >= 0)
                    continue;
                int neighbours = GatherNeighbours(item);
                _offset[item] = Fit(item, _below, neighbours, bestFit);
            }
            return;
        }
        // All placed items by offset; the scan of one item ends at the first gap that takes it.
        int[] placed = new int[problem.Count];
        int count = 0;
        foreach (int item in Enumerable.Range(0, problem.Count).Where(i => _offset[i] >= 0).OrderBy(i => _offset[i]))
            placed[count++] = item;
        foreach (int item in order)
        {
            if (_offset[item] >= 0)
                continue;
            _offset[item] = Fit(item, placed, count, false);
            int at = count++;
            for (; at > 0 && _offset[placed[at - 1]] > _offset[item]; at--)
                placed[at] = placed[at - 1];
            placed[at] = item;
            if ((count & 63) == 0)
                clock.IsOver();
        }
    }

    private int GatherNeighbours(int item)
    {
        int from = problem.NeighbourStart[item], to = problem.NeighbourStart[item + 1];
        if (to - from > _below.Length)
        {
            _below = new int[2 * (to - from)];
            _belowOffset = new long[_below.Length];
        }
        int count = 0;
        for (int i = from; i < to; i++)
        {
            int other = problem.Neighbours[i];
            if (_offset[other] < 0)
                continue;
            _belowOffset[count] = _offset[other];
            _below[count++] = other;
        }
        Array.Sort(_belowOffset, _below, 0, count);
        return count;
    }

    /// <summary>The lowest gap that takes the item, or of those below the top the tightest.</summary>
    private long Fit(int item, int[] byOffset, int count, bool bestFit)
    {
        long size = problem.Size[item];
        long top = 0, best = -1, bestSlack = long.MaxValue;
        for (int i = 0; i < count; i++)
        {
            int other = byOffset[i];
            if (!problem.ShareTime(item, other))
                continue;
            long slack = _offset[other] - top - size;
            if (slack >= 0 && slack < bestSlack)
            {
                best = top;
                bestSlack = slack;
                if (!bestFit)
                    break;
            }
            top = Math.Max(top, _offset[other] + problem.Size[other]);
        }
        return best >= 0 ? best : top;
    }
}
