using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Operators that join tensors or take them apart.</summary>
internal static class JoinChecks
{
    private const int AxisSlot = 0;
    private const int ConcatenationActivationSlot = 1;
    private const int PackAxisSlot = 1;

    /// <summary>Inputs that fill the output along one axis and have its other dimensions (kernels/internal/reference/concatenation.h).</summary>
    public static SupportProblem? Concatenation(SupportContext op)
    {
        if (op.Options.Byte(ConcatenationActivationSlot) != 0)
            return new SupportProblem("has a fused activation, which the kernel refuses", "put the activation behind it as an operator of its own");
        if (op.Output(0) is not { } output)
            return null;
        if (SupportContext.Axis(op.Options.Int32(AxisSlot), output.Shape.Count) is not { } axis)
            return SupportProblem.Shapes($"joins along the axis {op.Options.Int32(AxisSlot)} of an output of rank {output.Shape.Count}");
        long along = 0;
        foreach (TfliteTensor input in op.Inputs)
        {
            if (input.Shape.Count != output.Shape.Count || Enumerable.Range(0, input.Shape.Count).Any(i => i != axis && input.Shape[i] != output.Shape[i]))
                return SupportProblem.Shapes($"joins the shape {Quote.List(input.Shape)} into {Quote.List(output.Shape)} along axis {axis}");
            along += input.Shape[axis];
        }
        return along == output.Shape[axis] ? null : SupportProblem.Shapes($"writes {Quantity.Count(along)} along axis {axis} where its output has "
            + $"{Quantity.Count(output.Shape[axis])}");
    }

    /// <summary>As many inputs as the output is long along the axis, each as large as the output without it (micro/kernels/pack.cc).</summary>
    public static SupportProblem? Pack(SupportContext op) =>
        op.Output(0) is { } output ? Stacked(op.Options.Int32(PackAxisSlot), output, op.Inputs.ToArray(), "packs", "its output") : null;

    /// <summary>As many outputs as the input is long along the axis, each as large as the input without it (micro/kernels/unpack.cc).</summary>
    public static SupportProblem? Unpack(SupportContext op) =>
        op.Input(0) is { } input ? Stacked(op.Options.Int32(PackAxisSlot), input, op.Outputs.ToArray(), "unpacks into", "its input") : null;

    /// <summary>Outputs of one size that together are the input (micro/kernels/split.cc).</summary>
    public static SupportProblem? Split(SupportContext op) => Parts(op, inputPosition: 1, axisPosition: 0, equal: true);

    /// <summary>Outputs that together are the input (micro/kernels/split_v.cc).</summary>
    public static SupportProblem? SplitV(SupportContext op) => Parts(op, inputPosition: 0, axisPosition: 2, equal: false);

    private static SupportProblem? Stacked(int given, TfliteTensor whole, TfliteTensor[] parts, string verb, string named)
    {
        if (SupportContext.Axis(given, whole.Shape.Count) is not { } axis)
            return SupportProblem.Shapes($"has the axis {given}, which {named} of rank {whole.Shape.Count} does not have");
        if (whole.Shape[axis] != parts.Length)
            return SupportProblem.Shapes($"{verb} {Quantity.Count(parts.Length)} tensors where {named} is {Quantity.Count(whole.Shape[axis])} long along "
                + $"axis {axis}");
        long size = whole.ElementCount / Math.Max(1, whole.Shape[axis]);
        TfliteTensor? other = parts.FirstOrDefault(part => part.ElementCount != size);
        return other is null ? null : SupportProblem.Shapes($"{verb} a tensor of {Quantity.Count(other.ElementCount)} elements where {named} has "
            + $"{Quantity.Count(size)} for each");
    }

    private static SupportProblem? Parts(SupportContext op, int inputPosition, int axisPosition, bool equal)
    {
        TfliteTensor[] outputs = op.Outputs.ToArray();
        if (op.Input(inputPosition) is not { } input || op.Integers(axisPosition) is not { Length: 1 } given || outputs.Length == 0)
            return null;
        if (SupportContext.Axis(given[0], input.Shape.Count) is not { } axis)
            return SupportProblem.Shapes($"splits the axis {given[0]} of a tensor of rank {input.Shape.Count}");
        TfliteTensor? other = outputs.FirstOrDefault(output => output.Shape.Count != input.Shape.Count
            || (equal && output.Shape[axis] != outputs[0].Shape[axis])
            || Enumerable.Range(0, input.Shape.Count).Any(i => i != axis && output.Shape[i] != input.Shape[i]));
        if (other is not null)
            return SupportProblem.Shapes($"splits the shape {Quote.List(input.Shape)} along axis {axis} into {Quote.List(other.Shape)}");
        long along = outputs.Sum(output => (long)output.Shape[axis]);
        return along == input.Shape[axis] ? null : SupportProblem.Shapes($"splits {Quantity.Count(input.Shape[axis])} along axis {axis} into "
            + $"{Quantity.Count(along)}");
    }
}
