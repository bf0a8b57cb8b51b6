using TinyReorder.Diagnostics;

namespace TinyReorder.Runtimes.Support;

/// <summary>Operators that take a part of a tensor or put one into it.</summary>
internal static class SliceChecks
{
    private const int BeginMaskSlot = 0;
    private const int EndMaskSlot = 1;
    private const int ShrinkMaskSlot = 4;

    /// <summary>The output's shape as the kernel works it out, which knows no masks for ellipses and new axes (strided_slice_common.cc).</summary>
    public static SupportProblem? StridedSlice(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output)
            return null;
        if (op.Integers(1) is not { } begins || op.Integers(2) is not { } ends || op.Integers(3) is not { } strides)
            return null;
        int rank = input.Shape.Count;
        if (begins.Length < rank || ends.Length < rank || strides.Length < rank)
            return SupportProblem.Shapes($"has {begins.Length} begins for a tensor of rank {rank}; the kernel reads one for each dimension");
        var shape = new List<int>();
        for (int i = 0; i < rank; i++)
        {
            if (strides[i] == 0)
                return new SupportProblem("has a stride of 0", Cures.Again);
            bool shrinks = IsSet(op, ShrinkMaskSlot, i);
            long begin = Bound(begins[i], strides[i], input.Shape[i], IsSet(op, BeginMaskSlot, i), isEnd: false);
            long end = shrinks ? begin + 1 : Bound(ends[i], strides[i], input.Shape[i], IsSet(op, EndMaskSlot, i), isEnd: true);
            if (!shrinks)
                shape.Add((int)Math.Max(0, Math.Ceiling((end - begin) / (double)strides[i])));
        }
        return output.Shape.SequenceEqual(shape)
            ? null
            : SupportProblem.Shapes($"takes a slice of the shape {Quote.List(shape)} where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>A slice that lies in the input and fills the output (kernels/internal/reference/slice.h).</summary>
    public static SupportProblem? Slice(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { } begins || op.Integers(2) is not { } sizes)
            return null;
        if (begins.Length != sizes.Length || begins.Length != input.Shape.Count)
            return SupportProblem.Shapes($"has {begins.Length} begins and {sizes.Length} sizes for a tensor of rank {input.Shape.Count}");
        var shape = new List<int>();
        for (int i = 0; i < begins.Length; i++)
        {
            long size = sizes[i] == -1 ? input.Shape[i] - begins[i] : sizes[i];
            if (begins[i] < 0 || size < 0 || begins[i] + size > input.Shape[i])
                return SupportProblem.Shapes($"takes elements {begins[i]} to {begins[i] + size} of dimension {i}, which has {Quantity.Count(input.Shape[i])}");
            shape.Add((int)size);
        }
        return output.Shape.SequenceEqual(shape)
            ? null
            : SupportProblem.Shapes($"takes a slice of the shape {Quote.List(shape)} where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>An update that fits into the operand, with a start for each dimension (micro/kernels/dynamic_update_slice.cc).</summary>
    public static SupportProblem? DynamicUpdateSlice(SupportContext op)
    {
        if (op.Input(0) is not { } operand || op.Input(1) is not { } update || op.Input(2) is not { } starts)
            return null;
        if (starts.Shape.Count != 1 || starts.Shape[0] != operand.Shape.Count || update.Shape.Count != operand.Shape.Count)
            return SupportProblem.Shapes($"puts the shape {Quote.List(update.Shape)} into {Quote.List(operand.Shape)} at starts of the shape "
                + $"{Quote.List(starts.Shape)}");
        return update.Shape.Where((dimension, i) => dimension > operand.Shape[i]).Any()
            ? SupportProblem.Shapes($"puts the shape {Quote.List(update.Shape)} into the smaller {Quote.List(operand.Shape)}")
            : null;
    }

    private static bool IsSet(SupportContext op, int slot, int bit) => (op.Options.Int32(slot) & (1 << bit)) != 0;

    /// <summary>The first element, or the one behind the last, clamped to the axis (kernels/internal/strided_slice_logic.h).</summary>
    private static long Bound(long index, long stride, long size, bool isMasked, bool isEnd)
    {
        if (isMasked)
            return (stride > 0, isEnd) switch { (true, false) => 0, (true, true) => size, (false, false) => size - 1, _ => -1 };
        long counted = index < 0 ? index + size : index;
        return stride > 0 ? Math.Min(Math.Max(counted, 0), size) : Math.Min(Math.Max(counted, -1), size - 1);
    }
}
