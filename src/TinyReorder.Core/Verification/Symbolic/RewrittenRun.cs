using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// Runs a rewritten model in its arena, every turn of every loop, and tells what its outputs hold. Loops are run as the interpreter runs them
/// (micro/kernels/while.cc): variables are copied to the condition, to the outputs and to the body, unless they lie at one place.
/// </summary>
internal sealed class RewrittenRun
{
    private const int While = 119, Rank = 4;
    private const int MostTurns = 10_000;

    private readonly PlacedPlan plan;
    private readonly TfliteModel model;
    private readonly TermTable terms;
    private readonly TermIdentity identity;
    private readonly TermMemory memory;
    private readonly LoopBody body;
    private readonly ILookup<(int Subgraph, int Operator), PlacedBuffer> scratch;
    private readonly Dictionary<(int Subgraph, int Operator, int Input, int Output), string?> conflicts = [];

    /// <summary>A run of <paramref name="plan"/>.</summary>
    public RewrittenRun(PlacedPlan plan, int originalBytes, TermTable terms)
    {
        this.plan = plan;
        this.terms = terms;
        State = terms.Of("state");
        model = plan.Model;
        identity = new TermIdentity(model, originalBytes, terms);
        memory = new TermMemory(model, terms, identity, plan.Buffers);
        body = new LoopBody(model, terms, identity, memory, Check);
        scratch = plan.Buffers.Where(buffer => buffer.Tensor < 0).ToLookup(buffer => (buffer.Subgraph, buffer.Operator));
    }

    /// <summary>What operators with effects did, in their order; loops have none.</summary>
    public int State { get; private set; }

    /// <summary>The terms of the model's outputs.</summary>
    /// <param name="axisOfBody">The axis of the rows of the loop whose body is a subgraph.</param>
    /// <param name="axisOfBand">The axis of the rows of an operator of a band; null for any other.</param>
    /// <exception cref="PlanFaultException">The plan or the model is wrong.</exception>
    public int[] Outputs(Func<int, int> axisOfBody, Func<int, int?> axisOfBand)
    {
        TfliteSubgraph main = model.Subgraphs[0];
        for (int i = 0; i < main.Inputs.Count; i++)
            memory.Write(0, main.Tensors[main.Inputs[i]], terms.Of($"input {i}"));
        int[] inputs = [.. main.Inputs.Select(t => memory.Whole(0, main.Tensors[t]))];
        foreach (int index in plan.Orders[0])
        {
            TfliteOperator op = main.Operators[index];
            if (op.Code == While)
                Loop(main, op, axisOfBody(op.Options.Int32(1)));
            else if (axisOfBand(index) is { } axis)
                InBand(main, op, axis);
            else
                Once(main, op);
        }
        if (plan.KeepsInputs && main.Inputs.Where((t, i) => memory.Whole(0, main.Tensors[t]) != inputs[i]).Any())
            throw new PlanFaultException("an input of the model is overwritten");
        return [.. main.Outputs.Select(t => memory.Whole(0, main.Tensors[t]))];
    }

    private void Once(TfliteSubgraph main, TfliteOperator op)
    {
        int[] inputs = [.. op.Inputs.Select(t => t < 0 ? -1 : memory.Whole(0, main.Tensors[t]))];
        if (OperatorEffects.Has(model, main, op))
            State = terms.Of(OriginalRun.Head(main, op, identity, -1), inputs = [.. inputs, State]);
        Check(main, op, isInSteps: false);
        // Whatever is gathered from padding is padding.
        bool isPadding = op.Kind == "GATHER" && terms.IsPadding(inputs[0]);
        for (int i = 0; i < op.Outputs.Count; i++)
            memory.Write(0, main.Tensors[op.Outputs[i]], isPadding ? inputs[0] : terms.Of(OriginalRun.Head(main, op, identity, i), inputs));
    }

    private void InBand(TfliteSubgraph main, TfliteOperator op, int axis)
    {
        Split(main, op, axis);
        body.Run(main, op, axis);
    }

    /// <summary>
    /// Rows of an image are written over one by one while others are still to be read. What nobody has written has no rows of its own: bytes there are another's.
    /// </summary>
    private void Split(TfliteSubgraph main, TfliteOperator op, int axis)
    {
        foreach (int t in op.Inputs.Where(t => t >= 0 && main.Tensors[t] is { IsConstant: false, Shape.Count: Rank } && memory.Find(0, t) is not null && IsMade(main, t)))
            memory.Split(0, main.Tensors[t], axis);
    }

    private void Loop(TfliteSubgraph main, TfliteOperator op, int axis)
    {
        TfliteSubgraph condition = model.Subgraphs[op.Options.Int32(0)], turn = model.Subgraphs[op.Options.Int32(1)];
        Split(main, op, axis);
        Copy(main, op.Inputs, condition, condition.Inputs, axis);
        Copy(main, op.Inputs, main, op.Outputs, axis);
        body.Run(condition.Index, axis, plan.Orders[condition.Index]);
        for (int turns = 0; body.Numbers(condition, condition.Outputs[0])[0] != 0; turns++)
        {
            if (turns == MostTurns)
                throw new PlanFaultException($"operator {op.Index} (WHILE) does not end");
            Copy(main, op.Outputs, turn, turn.Inputs, axis);
            body.Run(turn.Index, axis, plan.Orders[turn.Index]);
            Copy(turn, turn.Outputs, main, op.Outputs, axis);
            Copy(main, op.Outputs, condition, condition.Inputs, axis);
            body.Run(condition.Index, axis, plan.Orders[condition.Index]);
        }
    }

    private static bool IsMade(TfliteSubgraph main, int tensor) =>
        main.Inputs.Contains(tensor) || main.Operators.Any(op => op.Outputs.Contains(tensor));

    private void Copy(TfliteSubgraph from, IReadOnlyList<int> sources, TfliteSubgraph to, IReadOnlyList<int> targets, int axis)
    {
        if (sources.Count != targets.Count)
            throw new PlanFaultException($"subgraphs {from.Index} and {to.Index} do not have the same variables");
        for (int i = 0; i < sources.Count; i++)
        {
            TfliteTensor source = from.Tensors[sources[i]], target = to.Tensors[targets[i]];
            PlacedBuffer? start = memory.Find(from.Index, source.Index), end = memory.Find(to.Index, target.Index);
            if (source.Bytes != target.Bytes)
                throw new PlanFaultException($"variable {i} has one size in subgraph {from.Index} and another in subgraph {to.Index}");
            if (start is not null && end is not null && start.OffsetBytes == end.OffsetBytes)
                continue;
            if (start is not null && end is not null && TermMemory.Meet(start, source.Bytes, end, target.Bytes))
                throw new PlanFaultException($"variable {i} is copied over a part of itself between subgraphs {from.Index} and {to.Index}");
            if (target.Shape.Count != Rank)
            {
                memory.Write(to.Index, target, source.IsConstant && source.Type is TensorType.Int32 ? identity.Numbers(source) : memory.Whole(from.Index, source));
                continue;
            }
            int[] rows = memory.Rows(from.Index, source, axis);
            for (int row = 0; row < rows.Length; row++)
                memory.WriteRow(to.Index, target, axis, row, rows[row]);
        }
    }

    private void Check(TfliteSubgraph subgraph, TfliteOperator op, bool isInSteps)
    {
        foreach (PlacedBuffer buffer in scratch[(subgraph.Index, op.Index)])
        {
            foreach (int t in op.Inputs.Concat(op.Outputs).Where(t => t >= 0))
            {
                if (memory.Find(subgraph.Index, t) is { } tensor && TermMemory.Meet(buffer, buffer.Bytes, tensor, subgraph.Tensors[t].Bytes))
                    throw Fault(subgraph, op, $"has scratch on tensor {t}");
            }
            memory.WriteScratch(buffer);
        }
        foreach (int o in op.Outputs)
        {
            // Only the first input is read in steps; any other is needed to the end.
            foreach (int i in op.Inputs.Skip(isInSteps ? 1 : 0).Where(t => t >= 0 && !subgraph.Tensors[t].IsConstant).Distinct())
            {
                if (memory.Find(subgraph.Index, i) is not { } input || memory.Find(subgraph.Index, o) is not { } output
                    || !TermMemory.Meet(input, subgraph.Tensors[i].Bytes, output, subgraph.Tensors[o].Bytes) || IsVariable(op, i, input, output))
                    continue;
                if (ConflictOf(op, input, output) is { } why)
                    throw Fault(subgraph, op, $"writes tensor {o} over tensor {i}, which it reads: {why}");
            }
        }
    }

    /// <summary>A kernel is replayed once: it does the same in every turn.</summary>
    private string? ConflictOf(TfliteOperator op, PlacedBuffer input, PlacedBuffer output)
    {
        (int, int, int, int) key = (input.Subgraph, op.Index, input.Tensor, output.Tensor);
        if (!conflicts.TryGetValue(key, out string? known))
            conflicts[key] = known = plan.Conflict is null ? "nothing may be shared" : plan.Conflict(op, input, output);
        return known;
    }

    /// <summary>
    /// A DYNAMIC_UPDATE_SLICE in its own place copies nothing, and a SLICE has read where to begin before it writes (micro/kernels/slice.cc), whatever may be
    /// shared elsewhere.
    /// </summary>
    private static bool IsVariable(TfliteOperator op, int input, PlacedBuffer from, PlacedBuffer to) => op.Kind switch
    {
        "DYNAMIC_UPDATE_SLICE" => op.Inputs[0] == input && op.Inputs[1] != input && from.OffsetBytes == to.OffsetBytes,
        "SLICE" => op.Inputs[0] != input,
        _ => false,
    };

    private static PlanFaultException Fault(TfliteSubgraph subgraph, TfliteOperator op, string what) =>
        new($"operator {op.Index} ({op.Kind}) of subgraph {subgraph.Index} {what}");
}
