using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>
/// The lifetimes that the device's planner works with (micro/micro_allocation_info.cc): one clock for the whole model, which runs through every call of
/// every subgraph. Calls are walked with a stack of their own; a call of a subgraph that is running is an error, and so is an expansion past
/// <see cref="MostOperatorRuns"/>.
/// </summary>
internal sealed class TflmLifetimes
{
    /// <summary>How many operators the calls of control flow may expand to.</summary>
    public const int MostOperatorRuns = 150_000;

    private const int If = 118;
    private const int While = 119;
    private const int CallOnce = 129;

    private readonly TfliteModel model;
    private readonly ModelOrder orders;
    private readonly bool[] isRunning;
    private readonly bool[] wasEntered;
    private readonly bool followsOldCodes;
    private readonly Stack<Frame> calls = new();
    private int clock;
    private int runs;

    private TflmLifetimes(TfliteModel model, ModelOrder orders, bool followsOldCodes)
    {
        this.followsOldCodes = followsOldCodes;
        this.model = model;
        this.orders = orders;
        isRunning = new bool[model.Subgraphs.Count];
        wasEntered = new bool[model.Subgraphs.Count];
        Tensors = model.Subgraphs.Select(subgraph => Unset(subgraph.Tensors.Count)).ToArray();
        Operators = model.Subgraphs.Select(subgraph => Unset(subgraph.Operators.Count)).ToArray();
    }

    /// <summary>First and last moment of each tensor of each subgraph; -1 where there is none.</summary>
    public (int First, int Last)[][] Tensors { get; }

    /// <summary>First and last moment of each operator, by its index in the file, what it calls included; -1 where it never runs.</summary>
    public (int First, int Last)[][] Operators { get; }

    /// <summary>Walks the model from its first subgraph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="orders">For each subgraph, the file's index of the operator that runs i-th.</param>
    /// <param name="everySubgraph">
    /// Whether all subgraphs are walked: those called by operators whose code stands in the older field only, and those that nothing calls, one after the
    /// other. TFLM's planner walks neither.
    /// </param>
    /// <exception cref="Diagnostics.TinyReorderException">Calls that go nowhere, come back, or are too many.</exception>
    public static TflmLifetimes Of(TfliteModel model, ModelOrder orders, bool everySubgraph = false)
    {
        var lifetimes = new TflmLifetimes(model, orders, everySubgraph);
        lifetimes.Walk(0);
        for (int subgraph = 1; everySubgraph && subgraph < model.Subgraphs.Count; subgraph++)
        {
            if (lifetimes.wasEntered[subgraph])
                continue;
            lifetimes.clock++;
            lifetimes.Walk(subgraph);
        }
        return lifetimes;
    }

    /// <summary>
    /// The subgraphs that an operator calls, in order; TFLM passes over -1. It looks at the newer field for operator codes only: control flow in files
    /// from before that field is not walked, so that what it calls has no lifetimes and gets memory of its own.
    /// </summary>
    /// <param name="op">The operator.</param>
    /// <param name="followsOldCodes">Whether the older field counts as well.</param>
    public static IReadOnlyList<int> CalledBy(TfliteOperator op, bool followsOldCodes = false)
    {
        int[] called = (followsOldCodes ? op.Code : op.LongCode) switch
        {
            If or While => [op.Options.Int32(0), op.Options.Int32(1)],
            CallOnce => [op.Options.Int32(0)],
            _ => [],
        };
        return called.Where(subgraph => subgraph != -1).ToArray();
    }

    /// <summary>Which subgraphs the first one reaches through calls; a call that goes nowhere is passed over.</summary>
    /// <param name="model">The model.</param>
    /// <param name="followsOldCodes">Whether the older field for operator codes counts as well.</param>
    public static bool[] Reached(TfliteModel model, bool followsOldCodes)
    {
        bool[] reached = new bool[model.Subgraphs.Count];
        var open = new Stack<int>([0]);
        while (open.Count > 0)
        {
            int subgraph = open.Pop();
            if (subgraph < 0 || subgraph >= reached.Length || reached[subgraph])
                continue;
            reached[subgraph] = true;
            foreach (TfliteOperator op in model.Subgraphs[subgraph].Operators)
            {
                foreach (int called in CalledBy(op, followsOldCodes))
                    open.Push(called);
            }
        }
        return reached;
    }

    private IReadOnlyList<int> Calls(TfliteOperator op)
    {
        try
        {
            return CalledBy(op, followsOldCodes);
        }
        catch (TinyReorderException e)
        {
            throw new TinyReorderException(e.Diagnostic with { File = model.Name }, e);
        }
    }

    private static (int First, int Last)[] Unset(int count) => Enumerable.Repeat((-1, -1), count).ToArray();

    private void Walk(int first)
    {
        Enter(first);
        while (calls.Count > 0)
        {
            Frame frame = calls.Peek();
            if (frame.PendingCalls.Count > 0)
                Call(frame);
            else if (frame.IsInOperator)
                EndOperator(frame);
            else if (frame.Step < orders[frame.Subgraph.Index].Count)
                BeginOperator(frame);
            else
                Leave(frame);
        }
    }

    private void Enter(int subgraph)
    {
        var frame = new Frame(model.Subgraphs[subgraph]);
        isRunning[subgraph] = wasEntered[subgraph] = true;
        calls.Push(frame);
        foreach (int tensor in frame.Subgraph.Inputs)
        {
            Create(Tensors[subgraph], tensor, clock);
            Use(Tensors[subgraph], tensor);
        }
    }

    private void BeginOperator(Frame frame)
    {
        if (++runs > MostOperatorRuns)
            throw TflmErrors.TooManyCalls(model, MostOperatorRuns);
        clock++;
        frame.IsInOperator = true;
        TfliteOperator op = Current(frame);
        foreach (int tensor in op.Outputs.Where(tensor => tensor >= 0))
            Create(Tensors[frame.Subgraph.Index], tensor, clock);
        Create(Operators[frame.Subgraph.Index], op.Index, clock);
        foreach (int called in Calls(op))
            frame.PendingCalls.Enqueue(called);
    }

    private void Call(Frame frame)
    {
        int called = frame.PendingCalls.Dequeue();
        if (called < 0 || called >= model.Subgraphs.Count)
            throw TflmErrors.SubgraphOutOfRange(model, frame.Subgraph.Index, Current(frame), called);
        if (isRunning[called])
            throw TflmErrors.RecursiveCall(model, frame.Subgraph.Index, Current(frame), called);
        // Empty subgraphs cost time too.
        if (++runs > MostOperatorRuns)
            throw TflmErrors.TooManyCalls(model, MostOperatorRuns);
        clock++;
        Enter(called);
    }

    private void EndOperator(Frame frame)
    {
        TfliteOperator op = Current(frame);
        foreach (int tensor in op.Inputs.Concat(op.Outputs).Where(tensor => tensor >= 0))
            Use(Tensors[frame.Subgraph.Index], tensor);
        Use(Operators[frame.Subgraph.Index], op.Index);
        frame.IsInOperator = false;
        frame.Step++;
    }

    private void Leave(Frame frame)
    {
        foreach (int tensor in frame.Subgraph.Outputs)
        {
            Create(Tensors[frame.Subgraph.Index], tensor, clock);
            Use(Tensors[frame.Subgraph.Index], tensor);
        }
        isRunning[frame.Subgraph.Index] = false;
        calls.Pop();
    }

    private TfliteOperator Current(Frame frame) => frame.Subgraph.Operators[orders[frame.Subgraph.Index][frame.Step]];

    private static void Create((int First, int Last)[] lives, int index, int moment)
    {
        if (lives[index].First < 0)
            lives[index].First = moment;
    }

    private void Use((int First, int Last)[] lives, int index) => lives[index].Last = clock;

    private sealed class Frame(TfliteSubgraph subgraph)
    {
        public TfliteSubgraph Subgraph { get; } = subgraph;

        public int Step { get; set; }

        public bool IsInOperator { get; set; }

        public Queue<int> PendingCalls { get; } = new();
    }
}
