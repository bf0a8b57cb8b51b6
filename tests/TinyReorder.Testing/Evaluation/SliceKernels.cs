namespace TinyReorder.Tests.Shared;

/// <summary>SLICE element by element, STRIDED_SLICE by runs of the last dimension where they lie together, DYNAMIC_UPDATE_SLICE by rows.</summary>
internal static class SliceKernels
{
    private const int BeginMask = 0, EndMask = 1, EllipsisMask = 2, NewAxisMask = 3, ShrinkMask = 4, Offset = 5;

    public static void Slice(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        int[] begin = call.Input(1).WholeNumbers().Select(value => (int)value).ToArray();
        int[] size = call.Input(2).WholeNumbers().Select((value, i) => value == -1 ? input.Size(i) - begin[i] : (int)value).ToArray();
        if (size.Aggregate(1, (product, each) => product * each) != output.Count)
            throw new InvalidOperationException($"SLICE writes [{string.Join(", ", size)}] into [{string.Join(", ", output.Shape)}]");
        for (int i = 0; i < output.Count; i++)
            input.CopyElement(IndexOf(input, i, size, (dimension, place) => begin[dimension] + place), output, i);
    }

    public static void StridedSlice(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        if (call.Options.Int32(EllipsisMask) != 0 || call.Options.Int32(NewAxisMask) != 0 || call.Options.Bool(Offset))
            throw call.Unsupported();
        long[] begin = call.Input(1).WholeNumbers(), end = call.Input(2).WholeNumbers();
        int[] stride = call.Input(3).WholeNumbers().Select(value => (int)value).ToArray();
        int rank = stride.Length;
        int[] start = new int[rank], size = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            start[i] = Has(call, BeginMask, i) ? (stride[i] > 0 ? 0 : input.Size(i) - 1) : Place(begin[i], stride[i], input.Size(i));
            int stop = Has(call, EndMask, i) ? (stride[i] > 0 ? input.Size(i) : -1) : Place(end[i], stride[i], input.Size(i));
            size[i] = Has(call, ShrinkMask, i) ? 1 : Math.Max(0, (stop - start[i] + stride[i] - Math.Sign(stride[i])) / stride[i]);
        }
        // The kernel counts by begin, end and strides, not by the shape of its output.
        int run = stride[rank - 1] == 1 ? size[rank - 1] : 1, count = size.Aggregate(1, (product, places) => product * places);
        for (int i = 0; i < count; i += run)
        {
            int from = IndexOf(input, i, size, (dimension, place) => start[dimension] + (place * stride[dimension]));
            if (stride[rank - 1] == 1)
                input.CopyBytes(from * input.ElementBytes, output, i * input.ElementBytes, run * input.ElementBytes);
            else
                input.CopyElement(from, output, i);
        }
    }

    /// <summary>The operand becomes the output, unless it lies there; then the update is copied over it, moved inside where it would stick out.</summary>
    public static void DynamicUpdateSlice(OperatorCall call)
    {
        TensorView operand = call.Input(0), update = call.Input(1), output = call.Output();
        if (operand.Count == update.Count)
        {
            update.CopyBytes(0, output, 0, output.ByteCount);
            return;
        }
        // The kernel takes the indices first.
        int[] start = call.Input(2).WholeNumbers().Select((index, i) => (int)Math.Min(Math.Max(0, index), operand.Size(i) - update.Size(i))).ToArray();
        operand.CopyBytes(0, output, 0, output.ByteCount);
        int run = update.Size(update.Shape.Count - 1);
        for (int i = 0; i < update.Count; i += run)
        {
            int to = IndexOf(output, i, update.Shape, (dimension, place) => start[dimension] + place);
            update.CopyBytes(i * output.ElementBytes, output, to * output.ElementBytes, run * output.ElementBytes);
        }
    }

    private static bool Has(OperatorCall call, int slot, int dimension) => (call.Options.Int32(slot) & (1 << dimension)) != 0;

    /// <summary>An end of a slice, from the last where it is negative, inside of the dimension.</summary>
    private static int Place(long given, int stride, int size)
    {
        long place = given < 0 ? given + size : given;
        return (int)(stride > 0 ? Math.Clamp(place, 0, size) : Math.Clamp(place, -1, size - 1));
    }

    /// <summary>
    /// The index in <paramref name="tensor"/> of element <paramref name="index"/> of a box of <paramref name="size"/>, moved dimension by dimension.
    /// </summary>
    private static int IndexOf(TensorView tensor, int index, IReadOnlyList<int> size, Func<int, int, int> move)
    {
        int result = 0, step = 1;
        for (int i = size.Count - 1; i >= 0; i--)
        {
            result += move(i, index % size[i]) * step;
            index /= size[i];
            step *= tensor.Size(i);
        }
        return result;
    }
}
