using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Stores what an operator makes of constants. Only operators that move data and compute nothing: RESHAPE, SQUEEZE and EXPAND_DIMS (the data stay where they are),
/// TRANSPOSE, SLICE, and SHAPE, whose result stands in the file whatever its input holds. No number is rounded, so that the bytes are the kernel's. Operators that
/// run other subgraphs, and those with other effects, keep what they read.
/// </summary>
internal sealed class ConstantResults : SimplifyRule
{
    private const int MostBytes = 1 << 16;

    public override string Name => "constant";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        foreach (SimpleOperator op in graph.Operators)
        {
            if (op.Outputs is not [{ } output] || graph.IsOutput(output) || !SimpleGraph.IsActivation(output) || output.Bytes > MostBytes
                || graph.ReadersOf(output).Any(graph.HasEffects) || Result(graph, op, output) is not { } constant)
                continue;
            graph.Remove(op, Name);
            graph.Redirect(output, constant);
            isChanged = true;
        }
        return isChanged;
    }

    private static DraftTensor? Result(SimpleGraph graph, SimpleOperator op, DraftTensor output)
    {
        if (op.Inputs.Length == 0 || op.Inputs[0] is not { } input)
            return null;
        if (op.Kind == "SHAPE")
            return output.Type == TensorType.Int32 && output.Shape.Count == 1 && output.Shape[0] == input.Shape.Count && SimpleGraph.IsActivation(input)
                ? DraftTensor.Constant(output.Type, output.Shape, DraftTensor.Numbers(input.Shape).Data!, output.Kept) : null;
        if (graph.FindData(input) is not { } data || input.Type != output.Type)
            return null;
        if (Reshapes.IsReshape(op))
            return (input.Kept ?? input.DataOf) is { } held ? DraftTensor.Sharing(held, output.Kept!)
                : DraftTensor.Constant(output.Type, output.Shape, input.Data!, output.Kept);
        int rank = input.Shape.Count;
        if (Transposes.Permutation(graph, op) is { } permutation)
            return output.Shape.SequenceEqual(permutation.Select(d => input.Shape[d])) ? Moved(data, input, output, new int[rank], permutation) : null;
        if (op.Kind != "SLICE" || op.Inputs.Length != 3 || graph.FindNumbers(op.Inputs[1]) is not { } begin || graph.FindNumbers(op.Inputs[2]) is not { } size)
            return null;
        bool isInside = begin.Length == rank && size.Length == rank && output.Shape.Count == rank && Enumerable.Range(0, rank).All(d => begin[d] >= 0
            && output.Shape[d] == (size[d] < 0 ? input.Shape[d] - begin[d] : size[d]) && begin[d] <= input.Shape[d] - output.Shape[d]);
        return isInside ? Moved(data, input, output, begin, [.. Enumerable.Range(0, rank)]) : null;
    }

    /// <summary>The elements from <paramref name="begin"/> on; dimension d of the output is dimension <paramref name="from"/>[d] of the input.</summary>
    private static DraftTensor Moved(ArraySegment<byte> data, DraftTensor input, DraftTensor output, int[] begin, int[] from)
    {
        int rank = from.Length, bytes = output.Type.ElementBytes();
        int[] strides = new int[rank], at = new int[rank];
        for (int d = rank - 1, stride = bytes; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= input.Shape[d];
        }
        byte[] moved = new byte[output.Bytes];
        for (int i = 0; i < moved.Length; i += bytes)
        {
            int position = Enumerable.Range(0, rank).Sum(d => (at[d] + begin[from[d]]) * strides[from[d]]);
            Array.Copy(data.Array!, data.Offset + position, moved, i, bytes);
            for (int d = rank - 1; d >= 0 && ++at[d] == output.Shape[d]; d--)
                at[d] = 0;
        }
        return DraftTensor.Constant(output.Type, output.Shape, moved, output.Kept);
    }
}
