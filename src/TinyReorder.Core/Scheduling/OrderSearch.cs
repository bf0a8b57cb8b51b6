using System.Diagnostics;
using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>
/// Finds an order of the operators whose peak is minimal: the largest sum, over the steps, of live tensors and of what the running operator reserves
/// (Sudharsan et al. 2021, equation 2). The file's own order is kept where it is optimal; else the result is the closest to it that <see cref="ClosestOrder"/> finds.
/// </summary>
public static class OrderSearch
{
    private const int MostCuts = 64;

    /// <summary>Searches the orders of <paramref name="graph"/>.</summary>
    /// <exception cref="OperationCanceledException">The token of the limits was cancelled.</exception>
    public static OrderResult Search(Graph graph, SearchLimits? limits = null, SearchTechniques? techniques = null)
    {
        var clock = Stopwatch.StartNew();
        limits ??= new SearchLimits();
        techniques ??= new SearchTechniques();
        var compact = new SearchGraph(graph);
        int[] best = Enumerable.Range(0, compact.Count).ToArray();
        long bestPeak = Peak(compact, best, out long[] known);
        long bound = techniques.LowerBounds ? LowerBounds.WorkingSets(compact) : graph.InitialBytes;
        OrderResult Result(long lowerBound, long nodes) => new(best, bestPeak, lowerBound, nodes, clock.Elapsed);
        if (bestPeak == bound || compact.Count == 0)
            return Result(bound, 0);

        long filePeak = bestPeak;
        var candidates = new List<int[]>();
        if (techniques.GreedyOrders)
        {
            foreach (GreedyOrders.Preference preference in Enum.GetValues(typeof(GreedyOrders.Preference)))
            {
                int[] order = GreedyOrders.Make(compact, preference);
                long peak = Peak(compact, order, out long[] running);
                for (int o = 0; o < known.Length; o++)
                    known[o] = Math.Min(known[o], running[o]);
                candidates.Add(order);
                if (peak < bestPeak)
                    (best, bestPeak) = (order, peak);
            }
        }
        if (techniques.LowerBounds && techniques.CutLowerBounds && bestPeak > bound)
            bound = LowerBounds.Cuts(compact, bound, known, MostCuts, limits.Cancellation);
        long nodes = 0;
        if (bestPeak > bound)
        {
            var search = new BottleneckSearch(compact, bound, techniques, limits with { Time = limits.Time - clock.Elapsed });
            int[]? found = search.Run();
            nodes = search.Nodes;
            bound = Math.Min(search.Bound, bestPeak);
            if (found is not null)
                (best, bestPeak) = (found, Peak(compact, found, out _));
        }
        if (bestPeak == filePeak)
        {
            best = Enumerable.Range(0, compact.Count).ToArray();
            return Result(bound, nodes);
        }
        candidates.Insert(0, best);
        best = new ClosestOrder(compact, bestPeak, techniques, limits.Cancellation).From(best);
        return Result(bound, nodes) with { Alternatives = candidates.Where(order => Peak(compact, order, out _) == bestPeak).ToArray() };
    }

    private static long Peak(SearchGraph graph, int[] order, out long[] running)
    {
        running = GreedyOrders.RunningBytes(graph, order);
        return Math.Max(graph.Graph.InitialBytes, running.Length == 0 ? 0 : running.Max());
    }
}
