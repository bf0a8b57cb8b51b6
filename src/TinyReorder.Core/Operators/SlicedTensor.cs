using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>
/// A tensor that holds others one behind the other, in one round or, where dimensions stand before the axis, a piece of each in every round.
/// </summary>
/// <param name="Tensor">Its index in the subgraph.</param>
/// <param name="Starts">Where the piece of each of the others starts in a round, in bytes, in the operator's order.</param>
/// <param name="Rounds">How many rounds there are.</param>
/// <param name="RoundBytes">The bytes of a round.</param>
internal sealed record SlicedTensor(int Tensor, IReadOnlyList<long> Starts, long Rounds, long RoundBytes)
{
    private const int AxisSlot = 0;
    private const int PackAxisSlot = 1;
    private const int UnpackAxisSlot = 1;

    /// <summary>The bytes of the piece that the other at <paramref name="position"/> has in a round.</summary>
    public long PieceBytes(int position) => (position + 1 < Starts.Count ? Starts[position + 1] : RoundBytes) - Starts[position];

    /// <summary>
    /// The output of a CONCATENATION or PACK whose inputs follow each other, whole or in rounds; null where they do not. The rounds of a PACK are others,
    /// and not known.
    /// </summary>
    public static SlicedTensor? OfOutput(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (OperatorTensors.Find(subgraph, operation.Outputs, 0) is not { } output)
            return null;
        int axis = operation.Kind == "PACK" ? operation.Options.Int32(PackAxisSlot) : operation.Options.Int32(AxisSlot);
        return Of(subgraph, output, axis, operation.Inputs, operation.Kind != "CONCATENATION");
    }

    /// <summary>The input of a SPLIT, SPLIT_V or UNPACK whose outputs follow each other, whole or in rounds; null where they do not.</summary>
    public static SlicedTensor? OfInput(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        (int inputPosition, int axisPosition) = operation.Kind switch { "SPLIT" => (1, 0), "SPLIT_V" => (0, 2), _ => (0, -1) };
        long? axis = axisPosition < 0
            ? operation.Options.Int32(UnpackAxisSlot)
            : OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, axisPosition), 1)?[0];
        return axis is { } found && OperatorTensors.Find(subgraph, operation.Inputs, inputPosition) is { } input
            ? Of(subgraph, input, found, operation.Outputs, operation.Kind == "UNPACK")
            : null;
    }

    private static SlicedTensor? Of(TfliteSubgraph subgraph, TfliteTensor whole, long axis, IReadOnlyList<int> parts, bool isWhole)
    {
        long positive = axis < 0 ? axis + whole.Shape.Count : axis;
        if (positive < 0 || positive >= whole.Shape.Count)
            return null;
        long rounds = OperatorTensors.Product(whole.Shape, 0, (int)positive);
        if (rounds < 1 || (rounds > 1 && (isWhole || whole.Type.ElementBytes() < 1)))
            return null;
        long[] starts = new long[parts.Count];
        long start = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (OperatorTensors.Find(subgraph, parts, i) is not { } part || part.Type != whole.Type || part.Bytes > whole.Bytes
                || part.Bytes % rounds != 0 || (rounds > 1 && !part.Shape.Take((int)positive).SequenceEqual(whole.Shape.Take((int)positive))))
                return null;
            starts[i] = start;
            start += part.Bytes / rounds;
        }
        return start * rounds == whole.Bytes ? new SlicedTensor(whole.Index, starts, rounds, start) : null;
    }
}
