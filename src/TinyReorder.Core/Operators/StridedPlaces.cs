using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>Which places along each dimension a STRIDED_SLICE takes (kernels/internal/strided_slice_logic.h).</summary>
/// <param name="Starts">The first place along each dimension.</param>
/// <param name="Strides">The steps, all above 0.</param>
/// <param name="Counts">How many places.</param>
internal sealed record StridedPlaces(IReadOnlyList<long> Starts, IReadOnlyList<long> Strides, IReadOnlyList<long> Counts)
{
    private const int BeginMaskSlot = 0, EndMaskSlot = 1, EllipsisMaskSlot = 2, NewAxisMaskSlot = 3, ShrinkMaskSlot = 4, OffsetSlot = 5;

    /// <summary>Whether some dimension is dropped from the output.</summary>
    public bool Shrinks { get; private init; }

    /// <summary>The places, or null where begin, end and strides do not fit the shape, or dimensions are added or left open.</summary>
    public static StridedPlaces? Of(OperatorOptions options, IReadOnlyList<int> shape, long[] begin, long[] end, long[] strides)
    {
        int rank = shape.Count;
        if (begin.Length != rank || end.Length != rank || strides.Length != rank || strides.Any(stride => stride < 1)
            || options.Int32(EllipsisMaskSlot) != 0 || options.Int32(NewAxisMaskSlot) != 0 || options.Bool(OffsetSlot))
            return null;
        long[] starts = new long[rank], counts = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            long size = shape[i];
            bool Has(int slot) => (options.Int32(slot) & (1 << i)) != 0;
            long Place(long given) => Math.Min(Math.Max(given < 0 ? given + size : given, 0), size);
            starts[i] = Has(BeginMaskSlot) ? 0 : Place(begin[i]);
            long stop = Has(EndMaskSlot) ? size : Place(end[i]);
            counts[i] = Has(ShrinkMaskSlot) ? 1 : Math.Max(0, (stop - starts[i] + strides[i] - 1) / strides[i]);
            if (counts[i] > 0 && starts[i] >= size)
                return null;
        }
        return new StridedPlaces(starts, strides, counts) { Shrinks = options.Int32(ShrinkMaskSlot) != 0 };
    }

    /// <summary>The places that an operator takes, or null where they are not known.</summary>
    public static StridedPlaces? Of(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (operation.Kind != "STRIDED_SLICE" || OperatorTensors.Find(subgraph, operation.Inputs, 0) is not { } input)
            return null;
        long[]? Constants(int position) =>
            OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, position), input.Shape.Count);
        return Constants(1) is { } begin && Constants(2) is { } end && Constants(3) is { } strides
            ? Of(operation.Options, input.Shape, begin, end, strides) : null;
    }
}
