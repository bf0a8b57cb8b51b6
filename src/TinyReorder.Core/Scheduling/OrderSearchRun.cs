using System.Diagnostics;
using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>One search: bounds from both sides first, cheap ones before costly ones, and the exhaustive part only for what is left open between them.</summary>
internal sealed class OrderSearchRun
{
    private const int MostCuts = 64;
    private const int MostApproaches = 16;
    private const long NodesPerApproach = 2_000;
    private const long NodesOfFirstTurn = 16_000, GrowthOfTurns = 8;

    private readonly SearchGraph graph;
    private readonly SearchLimits limits;
    private readonly SearchTechniques techniques;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<int[]> found = [];
    private readonly int[] fileOrder;
    private readonly long unit;
    private int[] best;
    private long bestPeak;
    private long bound;
    private long nodes;

    public OrderSearchRun(Graph graph, SearchLimits limits, SearchTechniques techniques)
    {
        this.graph = new SearchGraph(graph);
        this.limits = limits;
        this.techniques = techniques;
        best = fileOrder = Enumerable.Range(0, graph.Operators.Count).ToArray();
        bestPeak = Peak(fileOrder);
        unit = techniques.WholeUnits ? this.graph.UnitBytes : 1;
        RaiseTo(techniques.LowerBounds ? LowerBounds.WorkingSets(this.graph) : graph.InitialBytes);
    }

    private bool IsOpen => bestPeak > bound;

    private bool IsOutOfTime => TimeLeft <= TimeSpan.Zero;

    private TimeSpan TimeLeft => limits.Time == TimeSpan.MaxValue ? limits.Time : limits.Time - clock.Elapsed;

    public OrderResult Run()
    {
        long filePeak = bestPeak;
        if (IsOpen && techniques.GreedyOrders)
            TryGreedyOrders();
        if (IsOpen && techniques.Approaches)
            AskWithin(bound);
        if (IsOpen && techniques.LowerBounds && techniques.CutLowerBounds && !IsOutOfTime)
            RaiseByCuts();
        if (IsOpen && techniques.Approaches)
            Approach();
        if (IsOpen)
            SearchExhaustively();
        if (bestPeak == filePeak)
            return new OrderResult(fileOrder, bestPeak, bound, nodes, clock.Elapsed);
        int[] closest = new ClosestOrder(graph, bestPeak, techniques, () => IsOutOfTime, limits.Cancellation).From(best);
        // Where nothing is proven, coming closer to the file's order can by chance be cheaper as well.
        long peak = Peak(closest);
        int[][] alternatives = found.Where(order => order != best).Prepend(best).Where(order => Peak(order) == peak).ToArray();
        return new OrderResult(closest, peak, Math.Min(bound, peak), nodes, clock.Elapsed) { Alternatives = alternatives };
    }

    private void TryGreedyOrders()
    {
        foreach (GreedyOrders.Preference preference in GreedyOrders.Preferences)
            Take(GreedyOrders.Make(graph, preference));
    }

    private void RaiseByCuts()
    {
        // An operator's bound is at most what any order holds while it runs, so most operators need no cut.
        long[] known = GreedyOrders.RunningBytes(graph, fileOrder);
        foreach (int[] order in found)
        {
            long[] running = GreedyOrders.RunningBytes(graph, order);
            for (int o = 0; o < known.Length; o++)
                known[o] = Math.Min(known[o], running[o]);
        }
        RaiseTo(LowerBounds.Cuts(graph, bound, known, MostCuts, () => IsOutOfTime, limits.Cancellation));
    }

    /// <summary>
    /// Asks with little effort whether an order stays within the bound, then within the middle of what is open: a search that is cut short has a good order to
    /// show, and one that ends has less to explore.
    /// </summary>
    private void Approach()
    {
        long low = bound - unit;
        for (int i = 0; i < MostApproaches && bestPeak > low + unit && IsOpen && !IsOutOfTime; i++)
        {
            long middle = low + ((bestPeak - low) / unit / 2 * unit);
            if (AskWithin(middle))
                continue;
            low = bound > middle ? bound - unit : middle;
        }
    }

    /// <summary>Whether a short search finds an order within <paramref name="bytes"/>; one that ends without raises the bound.</summary>
    private bool AskWithin(long bytes)
    {
        foreach (bool fromEnd in Ends)
        {
            var search = new BottleneckSearch(graph, bytes, techniques, Limits(NodesPerApproach), mayRaiseBound: false, fromEnd: fromEnd);
            int[]? order = search.Run();
            nodes += search.Nodes;
            if (search.Bound > bytes)
                RaiseTo(search.Bound);
            Take(order);
            if (order is not null)
                return true;
            if (search.Bound > bytes || IsOutOfTime)
                return false;
        }
        return false;
    }

    /// <summary>From both ends in turns, each time with many more nodes: what is hard from one is often easy from the other.</summary>
    private void SearchExhaustively()
    {
        var ends = new List<bool>(Ends);
        for (long most = NodesOfFirstTurn; IsOpen && ends.Count > 0; most *= GrowthOfTurns)
        {
            // The only one has no turn to wait for.
            long share = ends.Count == 1 ? long.MaxValue : most;
            foreach (bool fromEnd in ends.ToArray())
            {
                SearchLimits ofTurn = Limits(share);
                var search = new BottleneckSearch(graph, bound, techniques, ofTurn, knownPeak: bestPeak, fromEnd: fromEnd);
                Take(search.Run());
                nodes += search.Nodes;
                RaiseTo(search.Bound);
                if (!IsOpen || IsOutOfTime || nodes >= limits.Nodes)
                    return;
                // Where it ended for want of memory, more nodes would not help.
                if (search.Nodes < ofTurn.Nodes)
                    ends.Remove(fromEnd);
            }
        }
    }

    /// <summary>Whether to search from the end of the order: first not, then so.</summary>
    private IEnumerable<bool> Ends => techniques.BothEnds ? [false, true] : [false];

    private SearchLimits Limits(long mostNodes) => limits with { Nodes = Math.Min(mostNodes, limits.Nodes - nodes), Time = TimeLeft };

    private void RaiseTo(long bytes) => bound = Math.Max(bound, Math.Min((bytes + unit - 1) / unit * unit, bestPeak));

    private void Take(int[]? order)
    {
        if (order is null)
            return;
        found.Add(order);
        if (Peak(order) is var peak && peak < bestPeak)
            (best, bestPeak) = (order, peak);
    }

    private long Peak(int[] order) => GreedyOrders.RunningBytes(graph, order).Append(graph.Graph.InitialBytes).Max();
}
