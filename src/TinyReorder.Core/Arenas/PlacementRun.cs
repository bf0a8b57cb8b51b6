namespace TinyReorder.Arenas;

/// <summary>One placement on its way: the best offsets of each component so far, and what is proven about them.</summary>
internal sealed class PlacementRun
{
    /// <summary>The first budget of a ranking, in nodes for each item; it doubles with each round.</summary>
    private const long FirstBudget = 4;

    /// <summary>Trees and zones add up a few capacities; heights above this are left to the search.</summary>
    private const long MostAdded = long.MaxValue / 16;

    /// <summary>Zones to keep, in turn: a few often find a placement, many prove that there is none.</summary>
    private static readonly int[] MostZones = [16, 512];

    private readonly PlacementProblem problem;
    private readonly PlacementLimits limits;
    private readonly PlacementClock clock;
    private readonly long[] offsets;
    private readonly long[] heights;
    private long zoneNodes;
    private PlacementSearch? search;
    private int[][][]? rankings;

    public PlacementRun(PlacementProblem problem, PlacementLimits limits, PlacementClock clock)
    {
        this.problem = problem;
        this.limits = limits;
        this.clock = clock;
        offsets = new long[problem.Count];
        heights = Enumerable.Repeat(long.MaxValue, problem.ComponentCount).ToArray();
        LowerBound = problem.LowerBound;
    }

    private long LowerBound { get; set; }

    private long Height => heights.Length == 0 ? 0 : heights.Max();

    private long Nodes => (search?.Nodes ?? 0) + zoneNodes;

    /// <summary>Going through time gets half of the nodes at most, so that the search has its turn.</summary>
    private long ZoneNodesLeft => (limits.Nodes / 2) - zoneNodes;

    private bool MaySearch => problem.IsListed && Nodes < limits.Nodes && !clock.IsOver();

    /// <summary>What is known to be possible, or is of no use any more: the search stays below.</summary>
    private long Ceiling => limits.MostBytes == long.MaxValue ? Height : Math.Min(Height, Math.Max(0, limits.MostBytes / problem.Unit) + 1);

    public Placement Result()
    {
        long[] offsetBytes = Array.ConvertAll(offsets, offset => offset * problem.Unit);
        return new(offsetBytes, Height * problem.Unit, LowerBound * problem.Unit, Height == LowerBound, Nodes);
    }

    /// <summary>
    /// Lowers the height and raises the lower bound until they meet. In rounds with doubling budgets: the lower bound itself first,
    /// because it is nearly always the answer; then, with less, halfway between what may still be possible and the height.
    /// </summary>
    public void Minimise()
    {
        Greedy(LowerBound);
        RaiseBounds();
        GoThroughTime(only: null);
        for (long budget = FirstBudget; LowerBound < Ceiling && MaySearch; budget *= 2)
        {
            long open = LowerBound;
            while (open < Ceiling && MaySearch)
            {
                long capacity = open == LowerBound ? open : open + (Ceiling - 1 - open) / 2;
                PlacementOutcome outcome = Decide(capacity, capacity == LowerBound ? budget : Math.Max(1, budget / 4));
                // Below an undecided capacity the answer may lie, but this round looks for it above.
                if (outcome != PlacementOutcome.Placed)
                    open = capacity + 1;
                if (outcome == PlacementOutcome.Infeasible)
                    LowerBound = Math.Max(LowerBound, capacity + 1);
            }
        }
        // A search that had no height to start from and was cut short may have found nothing: then one greedy placement it is.
        if (Height == long.MaxValue)
            new PlacementHeuristics(problem, clock).Improve(offsets, heights, long.MaxValue - 1);
    }

    /// <summary>Looks for any placement within a capacity in units.</summary>
    public PlacementOutcome Fit(long capacity)
    {
        if (LowerBound > capacity)
            return PlacementOutcome.Infeasible;
        Greedy(capacity);
        if (Height > capacity)
            RaiseBounds();
        GoThroughTime(capacity);
        if (LowerBound > capacity)
            return PlacementOutcome.Infeasible;
        for (long budget = FirstBudget; Height > capacity; budget *= 2)
        {
            if (!MaySearch)
                return PlacementOutcome.LimitReached;
            if (Decide(capacity, budget) == PlacementOutcome.Infeasible)
                return PlacementOutcome.Infeasible;
        }
        return PlacementOutcome.Placed;
    }

    /// <summary>Greedy placements. Where they are switched off there is no height to start from.</summary>
    private void Greedy(long goal)
    {
        if (limits.Techniques.Heuristics)
            new PlacementHeuristics(problem, clock).Improve(offsets, heights, goal);
    }

    /// <summary>
    /// Where items share, the sums of what is live together say little about a long row of them: trees of items say more, and all
    /// where the whole component is one.
    /// </summary>
    private void RaiseBounds()
    {
        if (problem.Sharing is null || !problem.IsListed || !limits.Techniques.Trees)
            return;
        for (int component = 0; component < heights.Length; component++)
        {
            int[] items = Enumerable.Range(0, problem.Count).Where(i => problem.Component[i] == component).ToArray();
            foreach (Func<int, int, long> preference in PlacementTree.Preferences(problem))
            {
                if (heights[component] <= problem.ComponentBound[component] || heights[component] > MostAdded || clock.IsOver())
                    break;
                PlacementTree tree = PlacementTree.Of(problem, items, preference);
                long least = tree.LeastCapacity(problem.ComponentBound[component], heights[component]);
                problem.ComponentBound[component] = least;
                if (!tree.IsWhole || !tree.Fits(least) || !tree.IsWhole)
                    continue;
                tree.Place(offsets);
                heights[component] = items.Max(i => offsets[i] + problem.Size[i]);
            }
        }
        LowerBound = Math.Max(LowerBound, problem.LowerBound);
    }

    /// <summary>
    /// Where items share, networks in which few are live together are solved by going through time: at one capacity, or without one at the lower
    /// bound and then halfway between what may still be possible and the height.
    /// </summary>
    private void GoThroughTime(long? only)
    {
        if (problem.Sharing is null || !limits.Techniques.Zones)
            return;
        for (int component = 0; component < heights.Length; component++)
        {
            foreach (int mostZones in MostZones)
            {
                bool isDone = heights[component] <= Math.Max(only ?? LowerBound, problem.ComponentBound[component]);
                if (isDone || heights[component] > MostAdded || !MaySearch || ZoneNodesLeft <= 0)
                    break;
                GoThroughTime(component, only, new(problem, component, mostZones, clock));
            }
        }
        LowerBound = Math.Max(LowerBound, problem.LowerBound);
    }

    private void GoThroughTime(int component, long? only, PlacementZones zones)
    {
        long open = problem.ComponentBound[component];
        long[] offsets = new long[problem.Count];
        for (long? next = only ?? open; zones.IsUseful && open < Math.Min(heights[component], Ceiling) && ZoneNodesLeft > 0 && MaySearch; next = only is null
            ? open + (Math.Min(heights[component], Ceiling) - 1 - open) / 2 : null)
        {
            if (next is not long capacity)
                return;
            long before = zones.Nodes;
            PlacementOutcome outcome = zones.Fit(capacity, ZoneNodesLeft, offsets);
            zoneNodes += zones.Nodes - before;
            if (outcome == PlacementOutcome.Placed)
                Keep(component, offsets);
            else
                open = capacity + 1;
            if (outcome == PlacementOutcome.Infeasible)
                problem.ComponentBound[component] = open;
        }
    }

    /// <summary>Runs each ranking once with a budget on each component that is still higher than the capacity.</summary>
    private PlacementOutcome Decide(long capacity, long budget)
    {
        search ??= new(problem, limits.Techniques, clock);
        rankings ??= Rankings();
        PlacementOutcome whole = PlacementOutcome.Placed;
        for (int component = 0; component < heights.Length; component++)
        {
            if (heights[component] <= capacity)
                continue;
            PlacementOutcome outcome = PlacementOutcome.LimitReached;
            for (int ranking = 0; ranking < rankings.Length && outcome == PlacementOutcome.LimitReached && MaySearch; ranking++)
            {
                int[] items = rankings[ranking][component];
                outcome = search.Solve(items, ranking, PlacementRanking.Search[ranking][0] == PlacementQuantity.FullestSection, capacity,
                    Math.Min(budget * items.Length, limits.Nodes - Nodes));
            }
            if (outcome == PlacementOutcome.Placed)
                Keep(component, search.Offset);
            else
                whole = outcome;
            if (outcome == PlacementOutcome.Infeasible)
                return outcome;
        }
        return whole;
    }

    private void Keep(int component, long[] offsets)
    {
        heights[component] = 0;
        for (int item = 0; item < problem.Count; item++)
        {
            if (problem.Component[item] != component)
                continue;
            this.offsets[item] = offsets[item];
            heights[component] = Math.Max(heights[component], this.offsets[item] + problem.Size[item]);
        }
    }

    private int[][][] Rankings() =>
        PlacementRanking.Search.Take(limits.Techniques.ManyRankings ? PlacementRanking.Search.Length : 1).Select(quantities =>
        {
            List<int>[] components = Enumerable.Range(0, problem.ComponentCount).Select(_ => new List<int>()).ToArray();
            foreach (int item in PlacementRanking.Order(problem, [.. quantities.SkipWhile(quantity => quantity == PlacementQuantity.FullestSection)]))
                components[problem.Component[item]].Add(item);
            return Array.ConvertAll(components, list => list.ToArray());
        }).ToArray();
}
