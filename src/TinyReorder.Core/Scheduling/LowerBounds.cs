namespace TinyReorder.Scheduling;

/// <summary>Bytes below which no order can stay.</summary>
internal static class LowerBounds
{
    // Edges that all cuts may look at together: some tenths of a second.
    private const long MostLooks = 20_000_000;

    /// <summary>What is held at the start, at the end, and by each operator's own tensors and reserve.</summary>
    public static long WorkingSets(SearchGraph graph)
    {
        long atEnd = 0;
        for (int t = 0; t < graph.TensorBytes.Length; t++)
            atEnd += graph.IsKept[t] ? graph.TensorBytes[t] : 0;
        long bound = Math.Max(graph.Graph.InitialBytes, atEnd);
        for (int o = 0; o < graph.Count; o++)
            bound = Math.Max(bound, graph.LeastRunBytes(o) + graph.AllInputs[o].Sum(t => graph.TensorBytes[t]));
        return bound;
    }

    /// <summary>
    /// The largest, over the operators, of what any order holds while the operator runs: the least live bytes over all executed sets that contain
    /// what must precede it and nothing that must follow it, plus what it adds.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="bound">A lower bound to improve on.</param>
    /// <param name="known">For each operator, bytes held while it runs in some order: its bound cannot be larger, so that only few cuts are made.</param>
    /// <param name="most">How many cuts to make at the most.</param>
    /// <param name="isOutOfTime">Ends the work with the bound so far.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static long Cuts(SearchGraph graph, long bound, long[] known, int most, Func<bool> isOutOfTime, CancellationToken cancellation)
    {
        int cuts = 0;
        long looks = MostLooks;
        foreach (int o in Enumerable.Range(0, graph.Count).OrderByDescending(o => known[o]).ThenBy(o => o))
        {
            if (known[o] <= bound || cuts++ == most || looks <= 0 || isOutOfTime())
                break;
            cancellation.ThrowIfCancellationRequested();
            bound = Math.Max(bound, WhileRunning(graph, o, ref looks));
        }
        return bound;
    }

    private static long WhileRunning(SearchGraph graph, int index, ref long looks)
    {
        int[] place = new int[graph.Count];
        Mark(graph.Predecessors, index, -2, place);
        Mark(graph.Successors, index, -1, place);
        place[index] = -1;
        var free = new List<int>();
        for (int o = 0; o < place.Length; o++)
        {
            if (place[o] != 0)
                continue;
            place[o] = free.Count;
            free.Add(o);
        }
        // Operator numbers start at 0, so the marks above are told from positions by their sign.
        return MinimumLive.LowerBound(graph, place, free, ref looks) + graph.LeastRunBytes(index);
    }

    private static void Mark(int[][] neighbours, int start, int mark, int[] place)
    {
        var pending = new Stack<int>();
        pending.Push(start);
        while (pending.Count > 0)
        {
            foreach (int next in neighbours[pending.Pop()])
            {
                if (place[next] == mark)
                    continue;
                place[next] = mark;
                pending.Push(next);
            }
        }
    }
}
