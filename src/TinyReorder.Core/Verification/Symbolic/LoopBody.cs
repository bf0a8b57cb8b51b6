using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>Runs the operators of a loop's condition and body, and those of bands, row by row, at the places that the plan gives.</summary>
internal sealed class LoopBody(TfliteModel model, TermTable terms, TermIdentity identity, TermMemory memory, OperatorCheck check)
{
    private const int Rank = 4, BothAxes = 3;

    private readonly RowArithmetic arithmetic = new(terms, identity);

    /// <summary>Runs operators of a subgraph.</summary>
    /// <param name="index">The subgraph.</param>
    /// <param name="axis">The axis of the rows.</param>
    /// <param name="order">The file's index of the operator that runs i-th.</param>
    /// <exception cref="PlanFaultException">An operator is none that a loop may have, or reads numbers that are not known.</exception>
    public void Run(int index, int axis, IReadOnlyList<int> order)
    {
        TfliteSubgraph subgraph = model.Subgraphs[index];
        foreach (int op in order)
            Run(subgraph, subgraph.Operators[op], axis);
    }

    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="PlanFaultException">They are not known.</exception>
    public int[] Numbers(TfliteSubgraph subgraph, int tensor)
    {
        TfliteTensor of = subgraph.Tensors[tensor];
        return (of.IsConstant ? terms.FindNumbers(identity.Numbers(of)) : terms.FindNumbers(memory.Whole(subgraph.Index, of)))
            ?? throw new PlanFaultException($"tensor {tensor} of subgraph {subgraph.Index} is read for numbers that are not known");
    }

    /// <summary>Runs one operator.</summary>
    /// <param name="subgraph">Its subgraph.</param>
    /// <param name="op">The operator.</param>
    /// <param name="axis">The axis of the rows.</param>
    /// <exception cref="PlanFaultException">It is none that can be followed row by row, or reads numbers that are not known.</exception>
    public void Run(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        TfliteTensor output = subgraph.Tensors[op.Outputs[0]];
        bool isJoin = op.Kind == "CONCATENATION" && op.Options.Int32(0) == axis;
        bool isOfColumns = op.Kind == "CONCATENATION" && op.Options.Int32(0) == BothAxes - axis;
        switch (op.Kind)
        {
            case "SLICE" when output.Type is TensorType.Int32 or TensorType.Bool:
                check(subgraph, op, isInSteps: false);
                memory.Write(subgraph.Index, output, terms.Numbers(Sliced(subgraph, op)));
                break;
            case "RESHAPE" when output.Type == TensorType.Bool:
                check(subgraph, op, isInSteps: false);
                memory.Write(subgraph.Index, output, terms.Numbers(Numbers(subgraph, op.Inputs[0])));
                break;
            case "CONCATENATION" when output.Type is TensorType.Int32:
                check(subgraph, op, isInSteps: false);
                memory.Write(subgraph.Index, output, terms.Numbers(Joined(subgraph, op)));
                break;
            case "GATHER":
                Gather(subgraph, op, axis, output);
                break;
            case "DYNAMIC_UPDATE_SLICE":
                Update(subgraph, op, axis, output);
                break;
            default:
                int[] rows = isJoin ? [.. op.Inputs.SelectMany(t => memory.Rows(subgraph.Index, subgraph.Tensors[t], axis))]
                    : isOfColumns ? WithColumns(subgraph, op, axis)
                    : op.Kind == "SLICE" ? CutOut(subgraph, op, axis)
                    : op.Kind == "RESHAPE" ? Reshaped(subgraph, op, axis, output)
                    : op.Kind == "SELECT_V2" ? Selected(subgraph, op, axis)
                    : arithmetic.Rows(subgraph, op, axis, tensor => memory.Rows(subgraph.Index, tensor, axis), tensor => memory.Whole(subgraph.Index, tensor))
                        ?? throw Unknown(subgraph, op);
                check(subgraph, op, isInSteps: false);
                WriteRows(subgraph, output, axis, rows);
                break;
        }
    }

    private static PlanFaultException Unknown(TfliteSubgraph subgraph, TfliteOperator op) =>
        new($"operator {op.Index} ({op.Kind}) of subgraph {subgraph.Index} cannot be followed row by row");

    /// <summary>Rows lie along the same axis in an image and, in one piece each, along the middle one of three.</summary>
    private static int AxisOf(TfliteTensor tensor, int axis) => tensor.Shape.Count == Rank ? axis : 1;

    private void WriteRows(TfliteSubgraph subgraph, TfliteTensor output, int axis, int[] rows)
    {
        if (rows.Length != output.Shape[AxisOf(output, axis)])
            throw new PlanFaultException($"tensor {output.Index} of subgraph {subgraph.Index} has other rows than are made");
        for (int row = 0; row < rows.Length; row++)
            memory.WriteRow(subgraph.Index, output, AxisOf(output, axis), row, rows[row]);
    }

    /// <summary>Some rows of an image, whole.</summary>
    private int[] CutOut(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        TfliteTensor source = subgraph.Tensors[op.Inputs[0]], output = subgraph.Tensors[op.Outputs[0]];
        int[] begin = Numbers(subgraph, op.Inputs[1]), size = Numbers(subgraph, op.Inputs[2]);
        bool isOfRows = source.Shape.Count == Rank && begin.Length == Rank && size.SequenceEqual(output.Shape) && source.Type == output.Type
            && Enumerable.Range(0, Rank).All(d => d == axis || (begin[d] == 0 && size[d] == source.Shape[d]));
        if (!isOfRows || begin[axis] < 0 || begin[axis] > source.Shape[axis] - size[axis])
            throw Unknown(subgraph, op);
        return [.. memory.Rows(subgraph.Index, source, axis).Skip(begin[axis]).Take(size[axis])];
    }

    /// <summary>Numbers one behind the other.</summary>
    private int[] Joined(TfliteSubgraph subgraph, TfliteOperator op) => op.Options.Int32(0) == 0 && op.Options.Byte(1) == 0
        && op.Inputs.All(t => subgraph.Tensors[t] is { Type: TensorType.Int32, Shape.Count: 1 }) ? [.. op.Inputs.SelectMany(t => Numbers(subgraph, t))]
        : throw Unknown(subgraph, op);

    private int[] Sliced(TfliteSubgraph subgraph, TfliteOperator op)
    {
        TfliteTensor table = subgraph.Tensors[op.Inputs[0]];
        int[] values = Numbers(subgraph, op.Inputs[0]), begin = Numbers(subgraph, op.Inputs[1]), size = Numbers(subgraph, op.Inputs[2]);
        // Tables have one dimension that is not 1, so that a part of one is a run of numbers.
        int along = Enumerable.Range(0, table.Shape.Count).Where(dimension => table.Shape[dimension] > 1).DefaultIfEmpty(0).First();
        bool isRun = begin.Length == table.Shape.Count && size.Length == begin.Length && values.Length == table.Shape[along]
            && Enumerable.Range(0, begin.Length).All(dimension => dimension == along || (begin[dimension] == 0 && size[dimension] == 1));
        if (!isRun || begin[along] < 0 || begin[along] > values.Length - size[along] || size[along] != subgraph.Tensors[op.Outputs[0]].ElementCount)
            throw new PlanFaultException($"operator {op.Index} (SLICE) of subgraph {subgraph.Index} reads outside of its table");
        return [.. values.Skip(begin[along]).Take(size[along])];
    }

    /// <summary>The kernel copies row after row, so that each is read where those before it have been written.</summary>
    private void Gather(TfliteSubgraph subgraph, TfliteOperator op, int axis, TfliteTensor output)
    {
        TfliteTensor source = subgraph.Tensors[op.Inputs[0]];
        int[] rows = Numbers(subgraph, op.Inputs[1]);
        int count = source.Shape[axis];
        if (op.Options.Int32(0) != axis || source.Shape.Count != Rank || rows.Length != output.Shape[axis] || rows.Any(row => row < 0 || row >= count))
            throw Unknown(subgraph, op);
        check(subgraph, op, isInSteps: true);
        long bytes = source.Bytes / count;
        long distance = memory.Find(subgraph.Index, source.Index) is { } from && memory.Find(subgraph.Index, output.Index) is { } to
            ? from.OffsetBytes - to.OffsetBytes : long.MaxValue / 2;
        for (int i = 0; i < rows.Length; i++)
        {
            long apart = Math.Abs(distance + ((rows[i] - i) * bytes));
            if (apart > 0 && apart < bytes)
                throw new PlanFaultException($"operator {op.Index} (GATHER) of subgraph {subgraph.Index} copies a row over a part of itself");
            memory.WriteRow(subgraph.Index, output, axis, i, memory.Row(subgraph.Index, source, axis, rows[i]));
        }
    }

    private void Update(TfliteSubgraph subgraph, TfliteOperator op, int axis, TfliteTensor output)
    {
        TfliteTensor whole = subgraph.Tensors[op.Inputs[0]], part = subgraph.Tensors[op.Inputs[1]];
        int[] begin = Numbers(subgraph, op.Inputs[2]), rows = memory.Rows(subgraph.Index, part, AxisOf(part, axis));
        int along = AxisOf(output, axis);
        bool isOfRows = begin.Length == output.Shape.Count && Enumerable.Range(0, begin.Length)
            .All(dimension => dimension == along || part.Shape[dimension] == output.Shape[dimension]);
        if (!isOfRows || rows.Length > output.Shape[along])
            throw Unknown(subgraph, op);
        // The kernel moves a part that would go over the edge back inside (micro/kernels/dynamic_update_slice.cc); a whole dimension begins at 0.
        int first = Math.Min(Math.Max(begin[along], 0), output.Shape[along] - rows.Length);
        check(subgraph, op, isInSteps: false);
        bool isInPlace = memory.Find(subgraph.Index, whole.Index)?.OffsetBytes is { } from
            && from == memory.Find(subgraph.Index, output.Index)?.OffsetBytes;
        if (!isInPlace)
            WriteRows(subgraph, output, axis, memory.Rows(subgraph.Index, whole, along));
        for (int row = 0; row < rows.Length; row++)
            memory.WriteRow(subgraph.Index, output, along, first + row, rows[row]);
    }

    private int[] Reshaped(TfliteSubgraph subgraph, TfliteOperator op, int axis, TfliteTensor output)
    {
        TfliteTensor source = subgraph.Tensors[op.Inputs[0]];
        int[] rows = memory.Rows(subgraph.Index, source, AxisOf(source, axis));
        return rows.Length == output.Shape[AxisOf(output, axis)] && source.Shape[0] == 1 && output.Shape[0] == 1 ? rows : throw Unknown(subgraph, op);
    }

    /// <summary>Rows between constants: padding before and behind each of their own rows.</summary>
    private int[] WithColumns(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        TfliteTensor[] inputs = [.. op.Inputs.Select(t => subgraph.Tensors[t])];
        int at = Array.FindIndex(inputs, tensor => !tensor.IsConstant);
        int[] paddings = [.. inputs.Where((_, i) => i != at).Select(tensor => tensor.IsConstant ? identity.Constant(tensor) : -1).Distinct()];
        if (at < 0 || paddings.Length != 1 || !terms.IsPadding(paddings[0]))
            throw Unknown(subgraph, op);
        int padding = paddings[0];
        int Count(IEnumerable<TfliteTensor> pieces) => pieces.Sum(tensor => tensor.Shape[BothAxes - axis]);
        int before = Count(inputs.Take(at)), behind = Count(inputs.Skip(at + 1));
        return [.. memory.Rows(subgraph.Index, inputs[at], axis).Select(row => terms.WithColumns(row, before, behind, padding))];
    }

    private int[] Selected(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        TfliteTensor flags = subgraph.Tensors[op.Inputs[0]], source = subgraph.Tensors[op.Inputs[1]], other = subgraph.Tensors[op.Inputs[2]];
        int along = AxisOf(source, axis);
        int[] inside = Numbers(subgraph, op.Inputs[0]), rows = memory.Rows(subgraph.Index, source, along);
        bool isByRow = other.ElementCount == 1
            && (inside.Length == 1 || (flags.Shape.Count == source.Shape.Count && inside.Length == rows.Length && flags.Shape[along] == inside.Length));
        if (!isByRow)
            throw Unknown(subgraph, op);
        int padding = memory.Whole(subgraph.Index, other);
        return [.. rows.Select((row, i) => inside[inside.Length == 1 ? 0 : i] != 0 ? row : padding)];
    }
}
