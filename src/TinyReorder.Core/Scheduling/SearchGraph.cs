using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>A graph as flat arrays, for the inner loops of the search.</summary>
internal sealed class SearchGraph
{
    public SearchGraph(Graph graph)
    {
        Graph = graph;
        Count = graph.Operators.Count;
        Predecessors = graph.Operators.Select(o => o.Predecessors.ToArray()).ToArray();
        Successors = graph.Operators.Select(o => o.Successors.ToArray()).ToArray();
        Consumers = graph.Tensors.Select(t => t.Consumers.ToArray()).ToArray();
        TensorBytes = graph.Tensors.Select(t => t.Bytes).ToArray();
        Producer = graph.Tensors.Select(t => t.Producer).ToArray();
        IsKept = graph.Tensors.Select(t => t.IsOutput).ToArray();
        Inputs = graph.Operators.Select(o => o.Inputs.Where(t => TensorBytes[t] > 0 && !IsKept[t]).ToArray()).ToArray();
        AllInputs = graph.Operators.Select(o => o.Inputs.ToArray()).ToArray();
        Outputs = graph.Operators.Select(o => o.Outputs.ToArray()).ToArray();
        RunBytes = graph.Operators.Select(o => o.ReservedBytes + o.Outputs.Sum(t => TensorBytes[t])).ToArray();
        LiveOutputBytes = graph.Operators.Select(o => o.Outputs.Where(IsEverLive).Sum(t => TensorBytes[t])).ToArray();
        Shared = graph.Operators.Select(o => SharedBytes.For(graph, o)).ToArray();
        FinalLiveBytes = graph.Tensors.Where(t => t.IsOutput).Sum(t => t.Bytes);
        InitialLiveBytes = graph.Tensors.Where(t => t.IsInput && IsEverLive(t.Id)).Sum(t => t.Bytes);
    }

    public Graph Graph { get; }

    public int Count { get; }

    public int[][] Predecessors { get; }

    public int[][] Successors { get; }

    public int[][] Consumers { get; }

    public long[] TensorBytes { get; }

    public int[] Producer { get; }

    /// <summary>Whether a tensor lives to the end.</summary>
    public bool[] IsKept { get; }

    /// <summary>Inputs of an operator that can die: those with bytes that are no output of the subgraph.</summary>
    public int[][] Inputs { get; }

    public int[][] AllInputs { get; }

    public int[][] Outputs { get; }

    /// <summary>Bytes that running an operator adds to what is live before: its outputs and what it reserves.</summary>
    public long[] RunBytes { get; }

    /// <summary>What an operator's outputs can have in common with inputs that die there; null where that is nothing.</summary>
    public SharedBytes?[] Shared { get; }

    /// <summary>Bytes of an operator's outputs that stay after it has run.</summary>
    public long[] LiveOutputBytes { get; }

    /// <summary>Bytes of the inputs that someone reads or that are outputs; the others are gone when the first operator runs.</summary>
    public long InitialLiveBytes { get; }

    /// <summary>Bytes that are live when all operators have run.</summary>
    public long FinalLiveBytes { get; }

    /// <summary>
    /// What every peak is a multiple of: the greatest common divisor of all sizes; 1 where sharing spares others.
    /// </summary>
    public long UnitBytes => unitBytes ??= Shared.Any(shared => shared is not null) ? 1
        : Math.Max(1, TensorBytes.Concat(Graph.Operators.Select(o => o.ReservedBytes)).Aggregate(0L, CommonDivisor));

    private long? unitBytes;

    /// <summary>
    /// Whether no reader of an operator's inputs but itself could take over their memory. Only such operators may go before others from the end: what runs
    /// last reads an input last, and whoever else could have taken it over then cannot.
    /// </summary>
    public bool[] TakesNothingOver => takesNothingOver ??= Enumerable.Range(0, Count).Select(index => NobodyElseShares(index)).ToArray();

    private bool[]? takesNothingOver;

    /// <summary>
    /// Operators that need not run before something that needs them does: they never shrink what is live, and never need more while they run than any of their
    /// successors will right after them, so delaying one lowers every step in between and adds none that is higher. An input whose memory another reader
    /// could take over, once this one has run, is a reason not to wait.
    /// </summary>
    public bool[] IsLazy => isLazy ??= Enumerable.Range(0, Count).Select(CanWait).ToArray();

    private bool[]? isLazy;

    /// <summary>The least that running an operator can add to the live bytes, whatever ran before: as if it freed all of its inputs.</summary>
    public long LeastGrowth(int index)
    {
        long growth = LiveOutputBytes[index];
        foreach (int t in Inputs[index])
            growth -= TensorBytes[t];
        return growth;
    }

    /// <summary>What running an operator adds to what is live before, at least.</summary>
    public long LeastRunBytes(int index) => RunBytes[index] - (Shared[index]?.Most ?? 0);

    private long SharedAlways(int index) => Shared[index]?.Of(t => Consumers[t].Length == 1) ?? 0;

    private bool CanWait(int index)
    {
        long leastGrowth = LeastGrowth(index);
        return leastGrowth >= 0
            && Successors[index].Length > 0
            && Successors[index].All(s => RunBytes[index] - SharedAlways(index) <= leastGrowth + RunBytes[s] - (Shared[s]?.Most ?? 0))
            && NobodyElseShares(index);
    }

    private bool NobodyElseShares(int index) =>
        Inputs[index].All(t => Consumers[t].All(other => other == index || !Graph.Operators[other].Shares.Any(share => share.Input == t)));

    private static long CommonDivisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    /// <summary>For each number of executed operators, at how many moments up to it every order has executed the same ones.</summary>
    public int[] CutsUpTo => cutsUpTo ??= CutStates.CountUpTo(this);

    private int[]? cutsUpTo;

    /// <summary>The same, counted from the end.</summary>
    public int[] CutsUpToFromEnd => cutsUpToFromEnd ??= [.. Enumerable.Range(0, Count + 1)
        .Select(executed => CutsUpTo[Count - 1] - CutsUpTo[Math.Max(0, Count - executed - 1)])];

    private int[]? cutsUpToFromEnd;

    private bool IsEverLive(int tensor) => IsKept[tensor] || Consumers[tensor].Length > 0;
}
