namespace TinyReorder.Scheduling;

/// <summary>
/// A set of executed operators that can be extended and taken back one operator at a time, with what is live and what can run next. From the end it is the
/// set of those that run last: one runs next, before them, when all that need it are in the set. What is held is the same from both ends.
/// </summary>
internal sealed class ExecutionCursor
{
    private readonly SearchGraph graph;
    private readonly ulong[] executed;
    private readonly int[] missingPredecessors;
    private readonly int[] remainingConsumers;
    private readonly int[] placeInAvailable;
    private readonly List<int> available = [];
    private readonly Func<int, bool> isLastRead;
    private readonly int[][] before, behind;
    private readonly int[] remainingAtLast;

    /// <summary>Nothing has been executed.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="fromEnd">Whether operators are taken from the end of the order.</param>
    public ExecutionCursor(SearchGraph graph, bool fromEnd = false)
    {
        this.graph = graph;
        IsFromEnd = fromEnd;
        before = fromEnd ? graph.Successors : graph.Predecessors;
        behind = fromEnd ? graph.Predecessors : graph.Successors;
        executed = new ulong[(graph.Count + 63) / 64];
        missingPredecessors = before.Select(p => p.Length).ToArray();
        remainingConsumers = graph.Consumers.Select(c => c.Length).ToArray();
        placeInAvailable = Enumerable.Repeat(-1, graph.Count).ToArray();
        // What is read last is read by nobody else that is left; from the end, by nobody who runs later.
        remainingAtLast = fromEnd ? [.. remainingConsumers] : Enumerable.Repeat(1, remainingConsumers.Length).ToArray();
        isLastRead = tensor => remainingConsumers[tensor] == remainingAtLast[tensor];
        LiveBytes = fromEnd ? graph.FinalLiveBytes : graph.InitialLiveBytes;
        for (int o = 0; o < graph.Count; o++)
        {
            if (missingPredecessors[o] == 0)
                Enter(o);
        }
    }

    /// <summary>Whether operators are taken from the end of the order.</summary>
    public bool IsFromEnd { get; }

    /// <summary>Bytes held between two operators.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>The number of executed operators.</summary>
    public int Executed { get; private set; }

    /// <summary>Operators whose predecessors have all run, in no particular order.</summary>
    public IReadOnlyList<int> Available => available;

    public bool Contains(int index) => (executed[index >> 6] >> (index & 63) & 1) != 0;

    /// <summary>How many predecessors of <paramref name="index"/> have not run.</summary>
    public int MissingPredecessors(int index) => missingPredecessors[index];

    /// <summary>Bytes held while <paramref name="index"/> runs next.</summary>
    public long RunningBytes(int index) => LiveBytes + (IsFromEnd ? Growth(index) : 0) + graph.RunBytes[index]
        - (graph.Shared[index] is { } shared ? shared.Of(isLastRead) : 0);

    /// <summary>What running <paramref name="index"/> next adds to the live bytes; negative when it frees more than it leaves.</summary>
    public long Growth(int index)
    {
        long growth = graph.LiveOutputBytes[index];
        foreach (int t in graph.Inputs[index])
        {
            if (remainingConsumers[t] == remainingAtLast[t])
                growth -= graph.TensorBytes[t];
        }
        return IsFromEnd ? -growth : growth;
    }

    public void Run(int index)
    {
        LiveBytes += Growth(index);
        Leave(index);
        executed[index >> 6] |= 1UL << (index & 63);
        Executed++;
        foreach (int t in graph.Inputs[index])
            remainingConsumers[t]--;
        foreach (int successor in behind[index])
        {
            if (--missingPredecessors[successor] == 0)
                Enter(successor);
        }
    }

    public void TakeBack(int index)
    {
        foreach (int successor in behind[index])
        {
            if (missingPredecessors[successor]++ == 0)
                Leave(successor);
        }
        foreach (int t in graph.Inputs[index])
            remainingConsumers[t]++;
        Executed--;
        executed[index >> 6] &= ~(1UL << (index & 63));
        Enter(index);
        LiveBytes -= Growth(index);
    }

    /// <summary>The executed set, exactly, as short as it can be: the words between the full ones before and the empty ones behind.</summary>
    public StateKey Key()
    {
        int start = 0, end = executed.Length;
        while (start < end && executed[start] == ulong.MaxValue)
            start++;
        while (end > start && executed[end - 1] == 0)
            end--;
        var words = new ulong[end - start];
        Array.Copy(executed, start, words, 0, words.Length);
        return new StateKey(start, words);
    }

    /// <summary>Whether everything in <paramref name="set"/> has been executed.</summary>
    public bool ContainsAll(StateKey set)
    {
        for (int w = 0; w < set.Start; w++)
        {
            if (executed[w] != ulong.MaxValue)
                return false;
        }
        for (int i = 0; i < set.Words.Length; i++)
        {
            if ((set.Words[i] & ~executed[set.Start + i]) != 0)
                return false;
        }
        return true;
    }

    private void Enter(int index)
    {
        placeInAvailable[index] = available.Count;
        available.Add(index);
    }

    private void Leave(int index)
    {
        int place = placeInAvailable[index], last = available[available.Count - 1];
        available[place] = last;
        placeInAvailable[last] = place;
        available.RemoveAt(available.Count - 1);
        placeInAvailable[index] = -1;
    }
}
