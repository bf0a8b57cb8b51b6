using System.Diagnostics;
using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>One search: bounds from both sides first, cheap ones before dear ones, and the exhaustive part only for what is left open between them.</summary>
internal sealed class OrderSearchRun
{
    private const int MostCuts = 64;
    private const int MostApproaches = 16;
    private const long NodesPerApproach = 2_000;

    private readonly SearchGraph graph;
    private readonly SearchLimits limits;
    private readonly SearchTechniques techniques;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<int[]> found = [];
    private readonly int[] fileOrder;
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
        bound = techniques.LowerBounds ? LowerBounds.WorkingSets(this.graph) : graph.InitialBytes;
    }

    private bool IsOpen => bestPeak > bound;

    private TimeSpan TimeLeft => limits.Time == TimeSpan.MaxValue ? limits.Time : limits.Time - clock.Elapsed;

    public OrderResult Run()
    {
        long filePeak = bestPeak;
        if (IsOpen && techniques.GreedyOrders)
            TryGreedyOrders();
        if (IsOpen && techniques.LowerBounds && techniques.CutLowerBounds)
            RaiseByCuts();
        if (IsOpen && techniques.Approaches)
            Approach();
        if (IsOpen)
            SearchExhaustively();
        if (bestPeak == filePeak)
            return new OrderResult(fileOrder, bestPeak, bound, nodes, clock.Elapsed);
        int[] closest = new ClosestOrder(graph, bestPeak, techniques, limits.Cancellation).From(best);
        int[][] alternatives = found.Where(order => order != best && Peak(order) == bestPeak).Prepend(best).ToArray();
        return new OrderResult(closest, bestPeak, bound, nodes, clock.Elapsed) { Alternatives = alternatives };
    }

    private void TryGreedyOrders()
    {
        foreach (GreedyOrders.Preference preference in Enum.GetValues(typeof(GreedyOrders.Preference)))
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
        bound = LowerBounds.Cuts(graph, bound, known, MostCuts, limits.Cancellation);
    }

    /// <summary>
    /// Asks with little effort whether an order stays within the bound, then within the middle of what is open: a search that is cut short has a good order to
    /// show, and one that ends has less to explore.
    /// </summary>
    private void Approach()
    {
        long low = bound;
        for (int i = 0; i < MostApproaches && bestPeak > low && IsOpen && TimeLeft > TimeSpan.Zero; i++)
        {
            long middle = i == 0 ? bound : low + ((bestPeak - low) / 2);
            var search = new BottleneckSearch(graph, middle, techniques, limits with { Nodes = Math.Min(NodesPerApproach, limits.Nodes - nodes), Time = TimeLeft }, mayRaiseBound: false);
            Take(search.Run());
            nodes += search.Nodes;
            if (search.Bound > middle)
                low = bound = Math.Min(search.Bound, bestPeak);
            else if (bestPeak > middle)
                low = Math.Max(middle, low + 1);
        }
    }

    private void SearchExhaustively()
    {
        var search = new BottleneckSearch(graph, bound, techniques, limits with { Nodes = limits.Nodes - nodes, Time = TimeLeft }, knownPeak: bestPeak);
        Take(search.Run());
        nodes += search.Nodes;
        bound = Math.Min(search.Bound, bestPeak);
    }

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
