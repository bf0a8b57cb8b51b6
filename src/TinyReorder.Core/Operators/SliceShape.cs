using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>SLICE and STRIDED_SLICE: which elements of the input are copied, in order.</summary>
internal static class SliceShape
{
    private const int StridesPosition = 3, EllipsisMaskSlot = 2, NewAxisMaskSlot = 3;
    private const long MostRuns = 1 << 20;

    /// <summary>
    /// Whether element k of the output is one of the input's elements from k on, and later ones come from farther behind: so it is for every slice whose
    /// steps are positive.
    /// </summary>
    public static bool CopiesForward(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        TfliteTensor input = subgraph.Tensors[operation.Inputs[0]], output = subgraph.Tensors[operation.Outputs[0]];
        if (input.Type != output.Type || output.ElementCount > input.ElementCount)
            return false;
        if (operation.Kind == "SLICE")
            return input.Shape.Count == output.Shape.Count && !input.Shape.Where((dimension, i) => dimension < output.Shape[i]).Any();
        long[]? strides = OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, StridesPosition), input.Shape.Count);
        return strides is not null && strides.All(stride => stride > 0)
            && operation.Options.Int32(EllipsisMaskSlot) == 0 && operation.Options.Int32(NewAxisMaskSlot) == 0;
    }

    /// <summary>
    /// The runs that a STRIDED_SLICE copies in one piece each, where its last stride is 1 (reference/strided_slice.h: WriteN, which is memcpy); null where the
    /// kernel goes element by element, as SLICE does. Only for an operator that <see cref="CopiesForward"/> is true of.
    /// </summary>
    /// <returns>The bytes of a run and where in the input each starts, in the order of the output; no starts where they are not known.</returns>
    public static (long RunBytes, long[]? StartBytes)? Runs(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        TfliteTensor input = subgraph.Tensors[operation.Inputs[0]], output = subgraph.Tensors[operation.Outputs[0]];
        int rank = input.Shape.Count;
        long[]? steps = OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, StridesPosition), rank);
        if (operation.Kind != "STRIDED_SLICE" || rank == 0 || steps is null || steps[rank - 1] != 1)
            return null;
        if (StridedPlaces.Of(subgraph, operation) is not { } places)
            return (output.Bytes, null);
        (IReadOnlyList<long> starts, IReadOnlyList<long> strides, IReadOnlyList<long> sizes) = places;
        long element = input.Type.ElementBytes(), runBytes = element * sizes[rank - 1], count = runBytes == 0 ? 0 : output.Bytes / runBytes;
        bool isKnown = count <= MostRuns && sizes.Take(rank - 1).Aggregate(1L, (product, size) => product * Math.Min(size, MostRuns)) == count
            && count * runBytes == output.Bytes;
        return isKnown ? (runBytes, [.. Enumerable.Range(0, (int)count).Select(run => element * IndexOf(run))]) : (output.Bytes, null);

        long IndexOf(long run)
        {
            long index = starts[rank - 1], step = input.Shape[rank - 1];
            for (int i = rank - 2; i >= 0; i--)
            {
                index += step * (starts[i] + (run % sizes[i] * strides[i]));
                run /= sizes[i];
                step *= input.Shape[i];
            }
            return index;
        }
    }
}
