using TinyReorder.Diagnostics;
using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Verification;

/// <summary>
/// Checks an order and a plan by running them on an arena in which every range knows who wrote it: a read of something that was overwritten, an offset
/// outside of the arena or an operator before what it needs is found here. It shares no code with the search, the lifetimes or the placement; what effects
/// an operator has it takes from <see cref="OperatorEffects"/>, as the graphs do.
/// </summary>
internal sealed class PlanVerifier
{
    private const int If = 118;
    private const int While = 119;
    private const int CallOnce = 129;
    private const long MostRuns = 150_000;

    private static readonly Moment AtStart = new("at its start"), AtEnd = new("at its end");

    private readonly PlacedPlan plan;
    private readonly TfliteModel model;
    private readonly PlacedBuffer?[][] tensors;
    private readonly ILookup<(int Subgraph, int Operator), (PlacedBuffer Buffer, object Owner)> scratch;
    private readonly ArenaReplay arena = new();
    private readonly bool[][] written;
    private readonly HashSet<(int Subgraph, int Tensor)> handles = [];
    private readonly bool[] wasRun;
    private long runs;

    private PlanVerifier(PlacedPlan plan)
    {
        this.plan = plan;
        model = plan.Model;
        wasRun = new bool[model.Subgraphs.Count];
        written = model.Subgraphs.Select(subgraph => new bool[subgraph.Tensors.Count]).ToArray();
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            foreach (int t in subgraph.Inputs)
                written[subgraph.Index][t] = true;
            foreach (TfliteOperator writer in subgraph.Operators)
            {
                foreach (int t in writer.Outputs.Where(t => t >= 0))
                {
                    written[subgraph.Index][t] = true;
                    if (writer.Kind == "VAR_HANDLE")
                        handles.Add((subgraph.Index, t));
                }
            }
        }
        tensors = model.Subgraphs.Select(subgraph => new PlacedBuffer?[subgraph.Tensors.Count]).ToArray();
        foreach (PlacedBuffer buffer in plan.Buffers.Where(buffer => buffer.Tensor >= 0))
            tensors[buffer.Subgraph][buffer.Tensor] = buffer;
        // An operator may ask for several buffers of equal size: each is an owner of its own.
        scratch = plan.Buffers.Where(buffer => buffer.Tensor < 0).ToLookup(buffer => (buffer.Subgraph, buffer.Operator), buffer => (buffer, new object()));
    }

    /// <summary>Replays <paramref name="plan"/>.</summary>
    /// <exception cref="TinyReorderException">The plan is wrong: TINY4003.</exception>
    public static void Verify(PlacedPlan plan)
    {
        if (FirstFault(plan) is { } fault)
        {
            throw new TinyReorderException(Diagnostic.Error(
                DiagnosticCodes.PlanRejected,
                $"the plan is wrong and was not used: {fault}; this is a defect of TinyReorder, please report it with the model") with
            { File = plan.Model.Name });
        }
    }

    /// <summary>What is wrong with a plan that is not ours, or null: <see cref="Verify"/> with the fault as its answer.</summary>
    /// <exception cref="TinyReorderException">The calls of control flow are too many to follow: TINY2009.</exception>
    internal static string? FirstFault(PlacedPlan plan)
    {
        var verifier = new PlanVerifier(plan);
        try
        {
            verifier.Check();
            return null;
        }
        catch (PlanFaultException fault)
        {
            return fault.Message;
        }
    }

    private void Check()
    {
        foreach (PlacedBuffer buffer in plan.Buffers)
        {
            if (buffer.OffsetBytes < 0 || buffer.OffsetBytes % plan.AlignmentBytes != 0 || buffer.OffsetBytes > plan.HeightBytes - buffer.Bytes)
                throw Rejected($"{Name(buffer)} lies at {buffer.OffsetBytes}, {Quantity.Bytes(buffer.Bytes)} long, in {Quantity.Bytes(plan.HeightBytes)}");
        }
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
            CheckOrder(subgraph);
        for (int s = 0; s < model.Subgraphs.Count; s++)
        {
            if (s > 0 && (!plan.EverySubgraph || wasRun[s]))
                continue;
            Run(s);
        }
    }

    /// <summary>Whether every operator runs once, after the writers of what it reads, and in the file's order where that matters.</summary>
    private void CheckOrder(TfliteSubgraph subgraph)
    {
        IReadOnlyList<int> order = plan.Orders[subgraph.Index];
        var ran = new HashSet<int>();
        var done = new HashSet<int>(subgraph.Inputs);
        int lastWithEffect = -1;
        foreach (int index in order)
        {
            if (index < 0 || index >= subgraph.Operators.Count || !ran.Add(index))
                throw Rejected($"operator {index} of subgraph {subgraph.Index} does not run exactly once");
            TfliteOperator running = subgraph.Operators[index];
            foreach (int t in running.Inputs)
            {
                if (IsData(subgraph, t) && !done.Contains(t))
                    throw Rejected($"operator {index} of subgraph {subgraph.Index} reads tensor {t} before it is written");
            }
            done.UnionWith(running.Outputs);
            if (!OperatorEffects.Has(model, subgraph, running))
                continue;
            if (index < lastWithEffect)
                throw Rejected($"operators {index} and {lastWithEffect} of subgraph {subgraph.Index} have effects and changed places");
            lastWithEffect = index;
        }
        if (order.Count != subgraph.Operators.Count)
            throw Rejected($"subgraph {subgraph.Index} has {subgraph.Operators.Count} operators, its order {order.Count}");
        if (subgraph.Index >= model.ControlDependencies.Count)
            return;
        int[] places = new int[order.Count];
        for (int i = 0; i < places.Length; i++)
            places[order[i]] = i;
        foreach ((int before, int after) in model.ControlDependencies[subgraph.Index])
        {
            if (places[before] > places[after])
                throw Rejected($"operator {before} of subgraph {subgraph.Index} must run before operator {after}");
        }
    }

    private void Run(int main)
    {
        var calls = new Stack<Call>();
        calls.Push(Begin(main));
        while (calls.Count > 0)
        {
            Call call = calls.Peek();
            if (call.Callees.Count > 0)
            {
                calls.Push(Begin(call.Callees.Dequeue()));
                continue;
            }
            if (call.Running is { } running)
            {
                Finish(call, running);
                continue;
            }
            if (call.Step == plan.Orders[call.Subgraph.Index].Count)
            {
                RequireAll(call.Subgraph, call.Subgraph.Outputs, AtEnd);
                if (plan.KeepsInputs && call.Subgraph.Index == 0)
                    RequireAll(call.Subgraph, call.Subgraph.Inputs, AtEnd);
                calls.Pop();
                continue;
            }
            Start(call);
        }
    }

    private Call Begin(int index)
    {
        TfliteSubgraph subgraph = model.Subgraphs[index];
        wasRun[index] = true;
        WriteAll(subgraph, subgraph.Inputs);
        // Whoever fills the inputs does so in any order.
        RequireAll(subgraph, subgraph.Inputs, AtStart);
        return new Call(subgraph);
    }

    private void Start(Call call)
    {
        if (++runs > MostRuns)
            throw TooManyCalls();
        TfliteOperator running = call.Subgraph.Operators[plan.Orders[call.Subgraph.Index][call.Step]];
        call.Running = running;
        RequireAll(call.Subgraph, running.Inputs, new Moment("before", running));
        call.Overlapped = Overlapped(call.Subgraph, running);
        WriteAll(call.Subgraph, running.Outputs);
        foreach ((PlacedBuffer buffer, object owner) in scratch[(call.Subgraph.Index, running.Index)])
            arena.Write(owner, buffer.OffsetBytes, buffer.Bytes);
        int first = running.Options.Int32(0), second = running.Options.Int32(1);
        int[] callees = (plan.FollowsOldCodes ? running.Code : running.LongCode) switch
        {
            If => [first, second],
            // Condition and body run again after the body; what they need must survive that.
            While => [first, second, first, second, first],
            CallOnce => [first],
            _ => [],
        };
        foreach (int callee in callees)
        {
            if (callee >= 0 && callee < model.Subgraphs.Count)
                call.Callees.Enqueue(callee);
        }
    }

    private void Finish(Call call, TfliteOperator running)
    {
        // Inputs are read while outputs and scratch are written and while callees run, so all of them have to be there at once, but those that the kernel
        // may write over.
        RequireOperator(call, running);
        call.Running = null;
        call.Step++;
    }

    /// <summary>The inputs that outputs of <paramref name="running"/> lie on, each of which the kernel must have read by the time it writes there.</summary>
    private HashSet<int>? Overlapped(TfliteSubgraph subgraph, TfliteOperator running)
    {
        HashSet<int>? overlapped = null;
        // All inputs are whole here, so those that an output lies on are found where it will be written.
        foreach (int target in running.Outputs)
        {
            if (target < 0 || tensors[subgraph.Index][target] is not { } output)
                continue;
            foreach (PlacedBuffer input in arena.OwnersWithin(output.OffsetBytes, output.Bytes).OfType<PlacedBuffer>())
            {
                int t = input.Tensor;
                if (input.Subgraph != subgraph.Index || !IsData(subgraph, t) || !running.Inputs.Contains(t))
                    continue;
                string? why = plan.Conflict is null ? "nothing may be shared" : plan.Conflict(running, input, output);
                if (why is not null)
                    throw Rejected($"operator {running.Index} ({running.Kind}) of subgraph {subgraph.Index} writes tensor {target} over tensor {t}, which "
                        + $"it reads: {why}");
                (overlapped ??= []).Add(t);
            }
        }
        return overlapped;
    }

    private void RequireOperator(Call call, TfliteOperator running)
    {
        var when = new Moment("while", running);
        RequireAll(call.Subgraph, running.Inputs, when, call.Overlapped);
        RequireAll(call.Subgraph, running.Outputs, when);
        foreach ((PlacedBuffer buffer, object owner) in scratch[(call.Subgraph.Index, running.Index)])
        {
            if (!arena.Holds(owner, buffer.OffsetBytes, buffer.Bytes))
                throw Rejected($"scratch of operator {running.Index} of subgraph {call.Subgraph.Index} is overwritten {when}");
        }
    }

    private void WriteAll(TfliteSubgraph subgraph, IReadOnlyList<int> indices)
    {
        foreach (int t in indices)
        {
            if (t >= 0 && tensors[subgraph.Index][t] is { } buffer)
                arena.Write(buffer, buffer.OffsetBytes, buffer.Bytes);
        }
    }

    /// <summary>Whether a tensor lies in the arena and holds something: what nobody writes has nothing that could be lost.</summary>
    private bool IsData(TfliteSubgraph subgraph, int tensor) =>
        tensor >= 0 && subgraph.Tensors[tensor] is { IsConstant: false, IsVariable: false } && written[subgraph.Index][tensor];

    private void RequireAll(TfliteSubgraph subgraph, IReadOnlyList<int> indices, Moment when, HashSet<int>? without = null)
    {
        foreach (int t in indices)
        {
            if (!IsData(subgraph, t) || without?.Contains(t) == true)
                continue;
            if (tensors[subgraph.Index][t] is not { } buffer)
            {
                bool mayBeMissing = subgraph.Tensors[t].Bytes == 0 || (plan.HandlesAreUnplanned && handles.Contains((subgraph.Index, t)));
                if (!mayBeMissing)
                    throw Rejected($"tensor {t} of subgraph {subgraph.Index} has no place");
                continue;
            }
            if (buffer.Bytes < subgraph.Tensors[t].Bytes)
                throw Rejected($"tensor {t} of subgraph {subgraph.Index} needs {Quantity.Bytes(subgraph.Tensors[t].Bytes)} and has "
                    + $"{Quantity.Bytes(buffer.Bytes)}");
            if (!arena.Holds(buffer, buffer.OffsetBytes, buffer.Bytes))
                throw Rejected($"tensor {t} of subgraph {subgraph.Index} is overwritten {when}");
        }
    }

    private static string Name(PlacedBuffer buffer) =>
        buffer.Tensor >= 0 ? $"tensor {buffer.Tensor} of subgraph {buffer.Subgraph}" : $"scratch of operator {buffer.Operator} of subgraph {buffer.Subgraph}";

    private static PlanFaultException Rejected(string what) => new(what);

    private TinyReorderException TooManyCalls() => new(Diagnostic.Error(
        DiagnosticCodes.SizeOverflow,
        $"the calls of control-flow operators expand to more than {Quantity.Count(MostRuns)} operators, so no plan can be checked; export the model with "
            + "fewer calls") with
    { File = model.Name });

    /// <summary>When something has to be whole, in words that only an error needs.</summary>
    private readonly record struct Moment(string Word, TfliteOperator? Running = null)
    {
        public override string ToString() => Running is null ? Word : $"{Word} operator {Running.Index} ({Running.Kind}) runs";
    }

    private sealed class Call(TfliteSubgraph subgraph)
    {
        public TfliteSubgraph Subgraph { get; } = subgraph;

        public int Step { get; set; }

        public TfliteOperator? Running { get; set; }

        /// <summary>Inputs of what runs that its outputs lie on.</summary>
        public HashSet<int>? Overlapped { get; set; }

        public Queue<int> Callees { get; } = new();
    }
}
