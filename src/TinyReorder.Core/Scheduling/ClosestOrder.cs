namespace TinyReorder.Scheduling;

/// <summary>
/// Among orders of equal peak, the one that stays closest to the file's: at each step it runs the operator that comes first in the file among those after
/// which the peak can still be kept. Its first departure from the file's order is as late as possible, and there the earliest possible operator runs.
/// </summary>
internal sealed class ClosestOrder(SearchGraph graph, long peakBytes, SearchTechniques techniques, CancellationToken cancellation)
{
    // A state whose completion is not found with so little effort counts as one that has none: the order is then a little less close, never worse.
    private const long NodesPerTry = 200;
    private const long NodesInAll = 20_000;

    private readonly ExecutionCursor cursor = new(graph);
    private long nodes;

    /// <summary>Turns <paramref name="order"/>, which keeps the peak, into the closest one.</summary>
    public int[] From(IReadOnlyList<int> order)
    {
        int[] result = order.ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (int candidate in cursor.Available.Where(o => o < result[i]).OrderBy(o => o).ToList())
            {
                if (cursor.RunningBytes(candidate) > peakBytes)
                    continue;
                if (CanRunEarlier(result, i, candidate))
                {
                    int old = Array.IndexOf(result, candidate, i);
                    Array.Copy(result, i, result, i + 1, old - i);
                    result[i] = candidate;
                    break;
                }
                if (nodes < NodesInAll && Completion(result, i, candidate) is { } completion)
                {
                    completion.CopyTo(result, i);
                    break;
                }
            }
            cursor.Run(result[i]);
        }
        return result;
    }

    /// <summary>Whether the order keeps the peak when only <paramref name="candidate"/> moves to the front of what is left.</summary>
    private bool CanRunEarlier(int[] order, int from, int candidate)
    {
        var run = new List<int> { candidate };
        cursor.Run(candidate);
        bool fits = true;
        for (int i = from; fits && order[i] != candidate; i++)
        {
            fits = cursor.RunningBytes(order[i]) <= peakBytes;
            if (!fits)
                break;
            cursor.Run(order[i]);
            run.Add(order[i]);
        }
        for (int i = run.Count - 1; i >= 0; i--)
            cursor.TakeBack(run[i]);
        return fits;
    }

    private int[]? Completion(int[] order, int from, int candidate)
    {
        var search = new BottleneckSearch(
            graph,
            peakBytes,
            techniques,
            new SearchLimits { Nodes = NodesPerTry, Time = TimeSpan.MaxValue, Cancellation = cancellation },
            [.. order.Take(from), candidate],
            mayRaiseBound: false);
        int[]? found = search.Run();
        nodes += search.Nodes;
        return found?.Skip(from).ToArray();
    }
}
