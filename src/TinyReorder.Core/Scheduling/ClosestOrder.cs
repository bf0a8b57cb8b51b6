namespace TinyReorder.Scheduling;

/// <summary>
/// Among orders of equal peak, the one that stays closest to the file's: at each step it runs the operator that comes first in the file among those after
/// which the peak can still be kept. Its first departure from the file's order is as late as possible, and there the earliest possible operator runs.
/// </summary>
internal sealed class ClosestOrder(SearchGraph graph, long peakBytes, SearchTechniques techniques, Func<bool> isOutOfTime, CancellationToken cancellation)
{
    // A state whose completion is not found with so little effort counts as one that has none: the order is then a little less close, never worse.
    private const long NodesPerTry = 200;
    private const long WorkInAll = 40_000;

    private readonly ExecutionCursor cursor = new(graph);
    private readonly long[] runningBytes = new long[graph.Count];
    private long work;

    /// <summary>Turns <paramref name="order"/>, which keeps the peak, into the closest one.</summary>
    public int[] From(IReadOnlyList<int> order)
    {
        int[] result = order.ToArray();
        MeasureFrom(result, 0, result.Length);
        for (int i = 0; i < result.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (isOutOfTime())
                break;
            foreach (int candidate in cursor.Available.Where(o => o < result[i]).OrderBy(o => o).ToList())
            {
                if (isOutOfTime())
                    break;
                if (cursor.RunningBytes(candidate) > peakBytes)
                    continue;
                if (CanRunEarlier(result, i, candidate))
                {
                    int old = Array.IndexOf(result, candidate, i);
                    Array.Copy(result, i, result, i + 1, old - i);
                    result[i] = candidate;
                    // Behind its old place the same operators have run as before.
                    MeasureFrom(result, i, old + 1);
                    break;
                }
                if (work < WorkInAll && Completion(result, i, candidate) is { } completion)
                {
                    completion.CopyTo(result, i);
                    MeasureFrom(result, i, result.Length);
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
        // Before it runs in its turn, the candidate adds at least this to every step.
        long added = graph.LeastGrowth(candidate);
        for (int i = from; order[i] != candidate; i++)
        {
            if (runningBytes[i] + added > peakBytes)
                return false;
        }
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

    /// <summary>
    /// Notes what is held while each operator from <paramref name="from"/> to before <paramref name="end"/> runs; the cursor stands before it.
    /// </summary>
    private void MeasureFrom(int[] order, int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            runningBytes[i] = cursor.RunningBytes(order[i]);
            cursor.Run(order[i]);
        }
        for (int i = end - 1; i >= from; i--)
            cursor.TakeBack(order[i]);
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
        work += graph.Count + (search.Nodes * 10);
        return found?.Skip(from).ToArray();
    }
}
