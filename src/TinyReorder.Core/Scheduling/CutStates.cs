namespace TinyReorder.Scheduling;

/// <summary>Finds the moments at which every order has executed the same operators.</summary>
internal static class CutStates
{
    // Ancestor sets take operators squared bits; beyond this the search goes without.
    private const int MostOperators = 16_384;

    /// <summary>For each number of executed operators, whether there is only one set of that size that an order can have executed.</summary>
    public static bool[] Of(SearchGraph graph)
    {
        int count = graph.Count;
        var isCut = new bool[count + 1];
        if (count > MostOperators)
            return isCut;
        int[] ancestorCount = AncestorCounts(graph);
        // A set of the first p operators is the only one of its size when every operator that could run next needs all of them.
        int[] change = new int[count + 1];
        for (int o = 0; o < count; o++)
        {
            int latestPredecessor = graph.Predecessors[o].Length == 0 ? -1 : graph.Predecessors[o][graph.Predecessors[o].Length - 1];
            // With p between its latest predecessor and itself, o could run next; that is a cut only if p is all that precedes it.
            Forbid(latestPredecessor + 1, o, except: ancestorCount[o]);
        }
        int forbidding = change[0];
        for (int p = 1; p < count; p++)
        {
            forbidding += change[p];
            isCut[p] = forbidding == 0;
        }
        return isCut;

        void Forbid(int first, int last, int except)
        {
            change[first]++;
            change[last + 1]--;
            if (except < first || except > last)
                return;
            change[except]--;
            change[except + 1]++;
        }
    }

    /// <summary>For each number of executed operators, how many such moments lie before it or at it.</summary>
    public static int[] CountUpTo(SearchGraph graph)
    {
        bool[] isCut = Of(graph);
        int[] counts = new int[isCut.Length];
        for (int p = 1; p < counts.Length; p++)
            counts[p] = counts[p - 1] + (isCut[p] ? 1 : 0);
        return counts;
    }

    private static int[] AncestorCounts(SearchGraph graph)
    {
        int words = (graph.Count + 63) / 64;
        var ancestors = new ulong[graph.Count][];
        int[] lastUse = Enumerable.Range(0, graph.Count)
            .Select(o => graph.Successors[o].Length == 0 ? o : graph.Successors[o][graph.Successors[o].Length - 1]).ToArray();
        ILookup<int, int> doneAfter = Enumerable.Range(0, graph.Count).ToLookup(o => lastUse[o]);
        int[] counts = new int[graph.Count];
        for (int o = 0; o < graph.Count; o++)
        {
            var set = new ulong[words];
            foreach (int p in graph.Predecessors[o])
            {
                for (int w = 0; w <= p >> 6; w++)
                    set[w] |= ancestors[p][w];
                set[p >> 6] |= 1UL << (p & 63);
            }
            foreach (ulong word in set)
                counts[o] += Ones(word);
            ancestors[o] = set;
            foreach (int done in doneAfter[o])
                ancestors[done] = []; // nobody asks for it any more
        }
        return counts;
    }

    private static int Ones(ulong word)
    {
        int ones = 0;
        for (; word != 0; word &= word - 1)
            ones++;
        return ones;
    }
}
