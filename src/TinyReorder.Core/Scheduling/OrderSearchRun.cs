using System.Diagnostics;
using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>One search: bounds from both sides first, cheap ones before costly ones, and the exhaustive part only for what is left open between them.</summary>
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
        bound = LowerBounds.Cuts(graph, bound, known, MostCuts, () => IsOutOfTime, limits.Cancellation);
    }

    /// <summary>
    /// Asks with little effort whether an order stays within the bound, then within the middle of what is open: a search that is cut short has a good order to
    /// show, and one that ends has less to explore.
    /// </summary>
    private void Approach()
    {
        long low = bound - 1;
        for (int i = 0; i < MostApproaches && bestPeak > low + 1 && IsOpen && !IsOutOfTime; i++)
        {
            long middle = low + ((bestPeak - low) / 2);
            if (AskWithin(middle))
                continue;
            low = bound > middle ? bound - 1 : middle;
        }
    }

    /// <summary>Whether a short search finds an order within <paramref name="bytes"/>; one that ends without raises the bound.</summary>
    private bool AskWithin(long bytes)
    {
        var search = new BottleneckSearch(
            graph, bytes, techniques, limits with { Nodes = Math.Min(NodesPerApproach, limits.Nodes - nodes), Time = TimeLeft }, mayRaiseBound: false);
        int[]? order = search.Run();
        nodes += search.Nodes;
        if (search.Bound > bytes)
            bound = Math.Max(bound, Math.Min(search.Bound, bestPeak));
        Take(order);
        return order is not null;
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
