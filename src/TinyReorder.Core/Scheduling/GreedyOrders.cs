namespace TinyReorder.Scheduling;

/// <summary>Orders that are good at once: upper bounds for the search.</summary>
internal static class GreedyOrders
{
    // As many looks at what could run next as some hundredths of a second take; the widest real networks need a twentieth of them.
    private const long MostLooks = 2_000_000;
    private const int FewCandidates = 16;

    /// <summary>How the next operator is chosen among those that would grow memory.</summary>
    public enum Preference
    {
        /// <summary>The one that needs the least while it runs.</summary>
        LeastWhileRunning,

        /// <summary>The one that leaves the least behind.</summary>
        LeastGrowth,

        /// <summary>One that reads what the last operator wrote: the branch that was begun is finished (Sudharsan et al. 2021, section 3).</summary>
        SameBranch,
    }

    /// <summary>All ways to choose, each listed: a native program cannot make an array of an enumeration's values.</summary>
    public static IReadOnlyList<Preference> Preferences { get; } = [Preference.LeastWhileRunning, Preference.LeastGrowth, Preference.SameBranch];

    /// <summary>
    /// An order that runs what frees memory first and else follows <paramref name="preference"/>; the earlier operator of the file among equals.
    /// </summary>
    public static int[] Make(SearchGraph graph, Preference preference)
    {
        var cursor = new ExecutionCursor(graph);
        int[] order = new int[graph.Count];
        int last = -1;
        long looks = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int best = -1;
            (long, long, long) bestScore = default;
            // A graph that is so wide comes from no network: a few of what could run must do.
            int most = looks < MostLooks ? cursor.Available.Count : Math.Min(cursor.Available.Count, FewCandidates);
            for (int c = 0; c < most; c++)
            {
                int candidate = cursor.Available[c];
                looks += 1 + graph.Inputs[candidate].Length + graph.Predecessors[candidate].Length;
                long growth = cursor.Growth(candidate), running = cursor.RunningBytes(candidate);
                bool sameBranch = last >= 0 && Array.IndexOf(graph.Predecessors[candidate], last) >= 0;
                (long, long, long) score = preference switch
                {
                    Preference.LeastWhileRunning => (growth <= 0 ? 0 : 1, running, growth),
                    Preference.LeastGrowth => (growth <= 0 ? 0 : 1, growth, running),
                    _ => (growth <= 0 ? 0 : sameBranch ? 1 : 2, growth, running),
                };
                int comparison = best < 0 ? -1 : score.CompareTo(bestScore);
                if (comparison < 0 || (comparison == 0 && candidate < best))
                    (best, bestScore) = (candidate, score);
            }
            order[i] = last = best;
            cursor.Run(best);
        }
        return order;
    }

    /// <summary>The bytes held while each operator of <paramref name="order"/> runs, by operator.</summary>
    public static long[] RunningBytes(SearchGraph graph, IReadOnlyList<int> order)
    {
        var cursor = new ExecutionCursor(graph);
        long[] bytes = new long[graph.Count];
        foreach (int o in order)
        {
            bytes[o] = cursor.RunningBytes(o);
            cursor.Run(o);
        }
        return bytes;
    }
}
