using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Operators whose output's shape follows from a shape or an axis that they are given.</summary>
internal static class ShapeChecks
{
    private const int BlockSlot = 0;

    /// <summary>An output that is what the inputs are broadcast to; leading dimensions of 1 do not matter.</summary>
    public static SupportProblem? Broadcast(SupportContext op, IReadOnlyList<int> positions)
    {
        TfliteTensor[] inputs = positions.Select(op.Input).OfType<TfliteTensor>().ToArray();
        if (inputs.Length < positions.Count || op.Output(0) is not { } output)
            return null;
        int rank = inputs.Max(input => input.Shape.Count);
        int[] shape = Enumerable.Repeat(1, rank).ToArray();
        foreach (TfliteTensor input in inputs)
        {
            for (int i = rank - input.Shape.Count; i < rank; i++)
            {
                int dimension = input.Shape[i - (rank - input.Shape.Count)];
                if (dimension != 1 && shape[i] != 1 && dimension != shape[i])
                    return SupportProblem.Shapes($"has the shapes {string.Join(" and ", inputs.Select(tensor => Quote.List(tensor.Shape)))}, which cannot "
                        + "be broadcast to one");
                shape[i] = Math.Max(shape[i], dimension);
            }
        }
        return shape.SkipWhile(dimension => dimension == 1).SequenceEqual(output.Shape.SkipWhile(dimension => dimension == 1))
            ? null
            : SupportProblem.Shapes($"makes the shape {Quote.List(shape)} where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>Loops that broadcast only so many dimensions, which equal shapes do not run (kernels/internal/common.h, NdArrayDesc).</summary>
    public static SupportProblem? BroadcastWithin(SupportContext op, IReadOnlyList<int> positions, int most)
    {
        TfliteTensor[] tensors = positions.Select(op.Input).OfType<TfliteTensor>().ToArray();
        bool broadcasts = tensors.Any(tensor => !tensor.Shape.SequenceEqual(tensors[0].Shape));
        return broadcasts && tensors.Max(tensor => tensor.Shape.Count) is var rank && rank > most
            ? new SupportProblem($"broadcasts tensors of rank {rank}; the kernel stops above {most} where shapes differ", Cures.Rank)
            : null;
    }

    /// <summary>An output of the shape that a constant gives, to which the input can be broadcast (micro/kernels/broadcast_to.cc).</summary>
    public static SupportProblem? BroadcastTo(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { } shape)
            return null;
        if (!output.Shape.Select(dimension => (long)dimension).SequenceEqual(shape))
            return SupportProblem.Shapes($"makes the shape [{string.Join(", ", shape)}] where its output has {Quote.List(output.Shape)}");
        int added = output.Shape.Count - input.Shape.Count;
        return added < 0 || input.Shape.Where((dimension, i) => dimension != 1 && dimension != output.Shape[added + i]).Any()
            ? SupportProblem.Shapes($"cannot broadcast {Quote.List(input.Shape)} to {Quote.List(output.Shape)}")
            : null;
    }

    /// <summary>An output of the shape that a constant gives (micro/kernels/fill.cc).</summary>
    public static SupportProblem? Fill(SupportContext op) =>
        op.Output(0) is { } output && op.Integers(0) is { } shape && !output.Shape.Select(dimension => (long)dimension).SequenceEqual(shape)
            ? SupportProblem.Shapes($"fills the shape [{string.Join(", ", shape)}] where its output has {Quote.List(output.Shape)}")
            : null;

    /// <summary>An output that is the input with a dimension of 1 more (micro/kernels/expand_dims.cc).</summary>
    public static SupportProblem? ExpandDims(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { Length: 1 } given)
            return null;
        if (SupportContext.Axis(given[0], input.Shape.Count + 1) is not { } axis)
            return SupportProblem.Shapes($"adds the axis {given[0]} to a tensor of rank {input.Shape.Count}");
        List<int> shape = [.. input.Shape];
        shape.Insert(axis, 1);
        return output.Shape.SequenceEqual(shape) ? null : SupportProblem.Shapes(
            $"makes the shape {Quote.List(shape)} where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>An order of the input's dimensions, and as many elements in the output (micro/kernels/transpose_common.cc).</summary>
    public static SupportProblem? Transpose(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { } order)
            return null;
        if (order.Length != input.Shape.Count || order.Any(axis => axis < 0 || axis >= order.Length))
            return new SupportProblem($"orders the dimensions of a tensor of rank {input.Shape.Count} as [{string.Join(", ", order)}]", Cures.Again);
        int[] shape = order.Select(axis => input.Shape[(int)axis]).ToArray();
        return output.Shape.SequenceEqual(shape) ? null : SupportProblem.Shapes(
            $"makes the shape {Quote.List(shape)} where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>An output that is the input with padding around it (micro/kernels/pad_common.cc, mirror_pad.cc).</summary>
    public static SupportProblem? Pad(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { } paddings)
            return null;
        if (paddings.Length != 2 * input.Shape.Count || output.Shape.Count != input.Shape.Count)
            return SupportProblem.Shapes($"has {paddings.Length} paddings for a tensor of rank {input.Shape.Count} and an output of rank "
                + $"{output.Shape.Count}");
        long[] shape = input.Shape.Select((dimension, i) => dimension + paddings[2 * i] + paddings[(2 * i) + 1]).ToArray();
        return output.Shape.Select(dimension => (long)dimension).SequenceEqual(shape)
            ? null
            : SupportProblem.Shapes($"makes the shape [{string.Join(", ", shape)}] where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>An output that holds as many numbers as the input has dimensions (micro/kernels/shape.cc).</summary>
    public static SupportProblem? Shape(SupportContext op) =>
        op.Input(0) is { } input && op.Output(0) is { } output && output.ElementCount != input.Shape.Count
            ? SupportProblem.Shapes($"writes {input.Shape.Count} numbers where its output has {Quantity.Count(output.ElementCount)}")
            : null;

    /// <summary>Dimensions of 1 that are named (micro/kernels/squeeze.cc).</summary>
    public static SupportProblem? Squeeze(SupportContext op)
    {
        if (op.Input(0) is not { } input)
            return null;
        int[] dimensions = op.Options.Int32Array(0);
        return dimensions.Any(given => SupportContext.Axis(given, input.Shape.Count) is not { } axis || input.Shape[axis] != 1)
            ? SupportProblem.Shapes($"drops the dimensions {Quote.List(dimensions)} of the shape {Quote.List(input.Shape)}, which are not all 1")
            : null;
    }

    /// <summary>Blocks of pixels that become channels (micro/kernels/space_to_depth.cc).</summary>
    public static SupportProblem? SpaceToDepth(SupportContext op) => op.Input(0) is { } input && op.Output(0) is { } output ? Blocks(op, output, input) : null;

    /// <summary>Channels that become blocks of pixels (micro/kernels/depth_to_space.cc).</summary>
    public static SupportProblem? DepthToSpace(SupportContext op) => op.Input(0) is { } input && op.Output(0) is { } output ? Blocks(op, input, output) : null;

    private static SupportProblem? Blocks(SupportContext op, TfliteTensor deep, TfliteTensor wide)
    {
        long block = op.Options.Int32(BlockSlot);
        bool fits = deep.Shape.Count == 4 && wide.Shape.Count == 4 && block > 0 && deep.Shape[0] == wide.Shape[0] && deep.Shape[1] * block == wide.Shape[1]
            && deep.Shape[2] * block == wide.Shape[2] && deep.Shape[3] == wide.Shape[3] * block * block;
        return fits ? null : SupportProblem.Shapes($"has the shapes {Quote.List(wide.Shape)} and {Quote.List(deep.Shape)} for blocks of {block}");
    }
}
