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

    private readonly PlacementProblem _problem;
    private readonly PlacementLimits _limits;
    private readonly PlacementClock _clock;
    private readonly long[] _offsets;
    private readonly long[] _heights;
    private long _zoneNodes;
    private PlacementSearch? _search;
    private int[][][]? _rankings;

    public PlacementRun(PlacementProblem problem, PlacementLimits limits, PlacementClock clock)
    {
        _problem = problem;
        _limits = limits;
        _clock = clock;
        _offsets = new long[problem.Count];
        _heights = Enumerable.Repeat(long.MaxValue, problem.ComponentCount).ToArray();
        LowerBound = problem.LowerBound;
    }

    private long LowerBound { get; set; }

    private long Height => _heights.Length == 0 ? 0 : _heights.Max();

    private long Nodes => (_search?.Nodes ?? 0) + _zoneNodes;

    /// <summary>Going through time gets half of the nodes at most, so that the search has its turn.</summary>
    private long ZoneNodesLeft => (_limits.Nodes / 2) - _zoneNodes;

    private bool MaySearch => _problem.IsListed && Nodes < _limits.Nodes && !_clock.IsOver();

    public Placement Result()
    {
        long[] offsetBytes = Array.ConvertAll(_offsets, offset => offset * _problem.Unit);
        return new(offsetBytes, Height * _problem.Unit, LowerBound * _problem.Unit, Height == LowerBound, Nodes);
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
        for (long budget = FirstBudget; LowerBound < Height && MaySearch; budget *= 2)
        {
            long open = LowerBound;
            while (open < Height && MaySearch)
            {
                long capacity = open == LowerBound ? open : open + (Height - 1 - open) / 2;
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
            new PlacementHeuristics(_problem, _clock).Improve(_offsets, _heights, long.MaxValue - 1);
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
        if (_limits.Techniques.Heuristics)
            new PlacementHeuristics(_problem, _clock).Improve(_offsets, _heights, goal);
    }

    /// <summary>
    /// Where items share, the sums of what is live together say little about a long row of them: trees of items say more, and all
    /// where the whole component is one.
    /// </summary>
    private void RaiseBounds()
    {
        if (_problem.Sharing is null || !_problem.IsListed || !_limits.Techniques.Trees)
            return;
        for (int component = 0; component < _heights.Length; component++)
        {
            int[] items = Enumerable.Range(0, _problem.Count).Where(i => _problem.Component[i] == component).ToArray();
            foreach (Func<int, int, long> preference in PlacementTree.Preferences(_problem))
            {
                if (_heights[component] <= _problem.ComponentBound[component] || _heights[component] > MostAdded || _clock.IsOver())
                    break;
                PlacementTree tree = PlacementTree.Of(_problem, items, preference);
                long least = tree.LeastCapacity(_problem.ComponentBound[component], _heights[component]);
                _problem.ComponentBound[component] = least;
                if (!tree.IsWhole || !tree.Fits(least) || !tree.IsWhole)
                    continue;
                tree.Place(_offsets);
                _heights[component] = items.Max(i => _offsets[i] + _problem.Size[i]);
            }
        }
        LowerBound = Math.Max(LowerBound, _problem.LowerBound);
    }

    /// <summary>
    /// Where items share, networks in which few are live together are solved by going through time: at one capacity, or without one at the lower
    /// bound and then halfway between what may still be possible and the height.
    /// </summary>
    private void GoThroughTime(long? only)
    {
        if (_problem.Sharing is null || !_limits.Techniques.Zones)
            return;
        for (int component = 0; component < _heights.Length; component++)
        {
            foreach (int mostZones in MostZones)
            {
                bool isDone = _heights[component] <= Math.Max(only ?? LowerBound, _problem.ComponentBound[component]);
                if (isDone || _heights[component] > MostAdded || !MaySearch || ZoneNodesLeft <= 0)
                    break;
                GoThroughTime(component, only, new(_problem, component, mostZones, _clock));
            }
        }
        LowerBound = Math.Max(LowerBound, _problem.LowerBound);
    }

    private void GoThroughTime(int component, long? only, PlacementZones zones)
    {
        long open = _problem.ComponentBound[component];
        long[] offsets = new long[_problem.Count];
        for (long? next = only ?? open; zones.IsUseful && open < _heights[component] && ZoneNodesLeft > 0 && MaySearch; next = only is null ? open + (_heights[component] - 1 - open) / 2 : null)
        {
            if (next is not long capacity)
                return;
            long before = zones.Nodes;
            PlacementOutcome outcome = zones.Fit(capacity, ZoneNodesLeft, offsets);
            _zoneNodes += zones.Nodes - before;
            if (outcome == PlacementOutcome.Placed)
                Keep(component, offsets);
            else
                open = capacity + 1;
            if (outcome == PlacementOutcome.Infeasible)
                _problem.ComponentBound[component] = open;
        }
    }

    /// <summary>Runs each ranking once with a budget on each component that is still higher than the capacity.</summary>
    private PlacementOutcome Decide(long capacity, long budget)
    {
        _search ??= new(_problem, _limits.Techniques, _clock);
        _rankings ??= Rankings();
        PlacementOutcome whole = PlacementOutcome.Placed;
        for (int component = 0; component < _heights.Length; component++)
        {
            if (_heights[component] <= capacity)
                continue;
            PlacementOutcome outcome = PlacementOutcome.LimitReached;
            for (int ranking = 0; ranking < _rankings.Length && outcome == PlacementOutcome.LimitReached && MaySearch; ranking++)
            {
                int[] items = _rankings[ranking][component];
                outcome = _search.Solve(items, ranking, PlacementRanking.Search[ranking][0] == 'T', capacity, Math.Min(budget * items.Length, _limits.Nodes - Nodes));
            }
            if (outcome == PlacementOutcome.Placed)
                Keep(component, _search.Offset);
            else
                whole = outcome;
            if (outcome == PlacementOutcome.Infeasible)
                return outcome;
        }
        return whole;
    }

    private void Keep(int component, long[] offsets)
    {
        _heights[component] = 0;
        for (int item = 0; item < _problem.Count; item++)
        {
            if (_problem.Component[item] != component)
                continue;
            _offsets[item] = offsets[item];
            _heights[component] = Math.Max(_heights[component], _offsets[item] + _problem.Size[item]);
        }
    }

    private int[][][] Rankings() =>
        PlacementRanking.Search.Take(_limits.Techniques.ManyRankings ? PlacementRanking.Search.Length : 1).Select(quantities =>
        {
            List<int>[] components = Enumerable.Range(0, _problem.ComponentCount).Select(_ => new List<int>()).ToArray();
            foreach (int item in PlacementRanking.Order(_problem, quantities.TrimStart('T')))
                components[_problem.Component[item]].Add(item);
            return Array.ConvertAll(components, list => list.ToArray());
        }).ToArray();
}
