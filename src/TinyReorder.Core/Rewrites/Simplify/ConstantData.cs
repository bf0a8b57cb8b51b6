using TinyReorder.Operators;
using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>What operators that only move data make of constants; null where the shapes or options do not say that it is just that.</summary>
internal static class ConstantData
{
    /// <summary>TRANSPOSE: dimension d of the output is dimension <paramref name="permutation"/>[d] of the input.</summary>
    public static byte[]? Transposed(ArraySegment<byte> data, DraftTensor input, DraftTensor output, int[] permutation) =>
        input.Type == output.Type && output.Shape.SequenceEqual(permutation.Select(d => input.Shape[d]))
            ? Moved(data, input, output, new int[permutation.Length], permutation) : null;

    /// <summary>SLICE.</summary>
    public static byte[]? Sliced(SimpleGraph graph, SimpleOperator op, ArraySegment<byte> data, DraftTensor output)
    {
        DraftTensor input = op.Inputs[0]!;
        int rank = input.Shape.Count;
        if (op.Inputs.Length != 3 || input.Type != output.Type || graph.FindNumbers(op.Inputs[1]) is not { } begin
            || graph.FindNumbers(op.Inputs[2]) is not { } size)
            return null;
        bool isInside = begin.Length == rank && size.Length == rank && output.Shape.Count == rank && Enumerable.Range(0, rank).All(d => begin[d] >= 0
            && output.Shape[d] == (size[d] < 0 ? input.Shape[d] - begin[d] : size[d]) && begin[d] <= input.Shape[d] - output.Shape[d]);
        return isInside ? Moved(data, input, output, begin, [.. Enumerable.Range(0, rank)]) : null;
    }

    /// <summary>STRIDED_SLICE of elements of a vector that follow each other.</summary>
    public static byte[]? Run(SimpleGraph graph, SimpleOperator op, ArraySegment<byte> data, DraftTensor output)
    {
        DraftTensor input = op.Inputs[0]!;
        if (op.Inputs.Length != 4 || input.Shape.Count != 1 || input.Type != output.Type
            || FindOne(graph, op.Inputs[1]) is not { } begin || FindOne(graph, op.Inputs[2]) is not { } end || FindOne(graph, op.Inputs[3]) is not 1
            || StridedPlaces.Of(op.Like.Options, input.Shape, [begin], [end], [1]) is not { } places)
            return null;
        (long first, long taken) = (places.Starts[0], places.Counts[0]);
        return taken > 0 && taken <= input.Shape[0] - first && output.Shape.Count <= 1 && output.Bytes == taken * output.Type.ElementBytes()
            ? [.. data.Skip((int)first * output.Type.ElementBytes()).Take((int)output.Bytes)] : null;
    }

    private static int? FindOne(SimpleGraph graph, DraftTensor? tensor) => graph.FindNumbers(tensor) is { Length: 1 } numbers ? numbers[0] : null;

    /// <summary>PACK, or CONCATENATION of tensors of one quantization, along the first dimension that is not 1.</summary>
    public static byte[]? Joined(SimpleOperator op, ArraySegment<byte>[] data, DraftTensor output)
    {
        bool isPack = op.Kind == "PACK";
        int axis = op.Like.Options.Int32(isPack ? 1 : 0);
        axis = axis < 0 ? axis + output.Shape.Count : axis;
        return axis >= 0 && axis < output.Shape.Count && output.Shape.Take(axis).All(dimension => dimension == 1) && (isPack || op.Like.Options.Byte(1) == 0)
            && op.Inputs.All(input => SimpleGraph.AreAlike(input!, output)) ? [.. data.SelectMany(known => known)] : null;
    }

    /// <summary>FILL.</summary>
    public static byte[]? Filled(SimpleGraph graph, SimpleOperator op, ArraySegment<byte>[] data, DraftTensor output) =>
        op.Inputs.Length == 2 && graph.FindNumbers(op.Inputs[0]) is { } shape && shape.SequenceEqual(output.Shape)
            && SimpleGraph.AreAlike(op.Inputs[1]!, output) && data[1].Count == output.Type.ElementBytes()
            ? [.. Enumerable.Repeat(data[1], (int)(output.Bytes / data[1].Count)).SelectMany(value => value)] : null;

    /// <summary>The elements from <paramref name="begin"/> on; dimension d of the output is dimension <paramref name="from"/>[d] of the input.</summary>
    private static byte[] Moved(ArraySegment<byte> data, DraftTensor input, DraftTensor output, int[] begin, int[] from)
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
        return moved;
    }
}
