using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>A tensor that holds others one behind the other.</summary>
/// <param name="Tensor">Its index in the subgraph.</param>
/// <param name="Starts">Where each of the others starts in it, in bytes, in the operator's order.</param>
internal sealed record SlicedTensor(int Tensor, IReadOnlyList<long> Starts)
{
    private const int AxisSlot = 0;
    private const int PackAxisSlot = 1;
    private const int UnpackAxisSlot = 1;

    /// <summary>The output of a CONCATENATION or PACK whose inputs follow each other whole; null where they do not.</summary>
    public static SlicedTensor? OfOutput(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (OperatorTensors.Find(subgraph, operation.Outputs, 0) is not { } output)
            return null;
        int axis = operation.Kind == "PACK" ? operation.Options.Int32(PackAxisSlot) : operation.Options.Int32(AxisSlot);
        return Of(subgraph, output, axis, operation.Inputs);
    }

    /// <summary>The input of a SPLIT, SPLIT_V or UNPACK whose outputs follow each other whole; null where they do not.</summary>
    public static SlicedTensor? OfInput(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        (int inputPosition, int axisPosition) = operation.Kind switch { "SPLIT" => (1, 0), "SPLIT_V" => (0, 2), _ => (0, -1) };
        long? axis = axisPosition < 0
            ? operation.Options.Int32(UnpackAxisSlot)
            : OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, axisPosition), 1)?[0];
        return axis is { } found && OperatorTensors.Find(subgraph, operation.Inputs, inputPosition) is { } input
            ? Of(subgraph, input, found, operation.Outputs)
            : null;
    }

    private static SlicedTensor? Of(TfliteSubgraph subgraph, TfliteTensor whole, long axis, IReadOnlyList<int> parts)
    {
        long positive = axis < 0 ? axis + whole.Shape.Count : axis;
        if (positive < 0 || positive >= whole.Shape.Count || OperatorTensors.Product(whole.Shape, 0, (int)positive) != 1)
            return null;
        long[] starts = new long[parts.Count];
        long start = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (OperatorTensors.Find(subgraph, parts, i) is not { } part || part.Type != whole.Type || part.Bytes > whole.Bytes)
                return null;
            starts[i] = start;
            start += part.Bytes;
        }
        return start == whole.Bytes ? new SlicedTensor(whole.Index, starts) : null;
    }
}
