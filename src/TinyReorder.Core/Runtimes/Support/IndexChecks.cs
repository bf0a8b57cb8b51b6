using TinyReorder.Diagnostics;
using TinyReorder.Operators;

namespace TinyReorder.Runtimes.Support;

/// <summary>Operators that pick elements by index or sum up along axes.</summary>
internal static class IndexChecks
{
    private const int AxisSlot = 0;
    private const int BatchDimensionsSlot = 1;
    private const int MostIndices = 5;

    /// <summary>Reductions: axes that the input has, and an output for what is left (kernels/internal/reference/reduce.h).</summary>
    public static SupportProblem? Reduce(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { } given)
            return null;
        int?[] axes = given.Select(axis => SupportContext.Axis(axis, input.Shape.Count)).ToArray();
        if (axes.Contains(null))
            return SupportProblem.Shapes($"reduces axes [{string.Join(", ", given)}] of a tensor of rank {input.Shape.Count}");
        long left = Enumerable.Range(0, input.Shape.Count).Where(i => !axes.Contains(i)).Aggregate(1L, (product, i) => product * input.Shape[i]);
        return left == output.ElementCount ? null : SupportProblem.Shapes($"leaves {Quantity.Count(left)} elements where its output has "
            + $"{Quantity.Count(output.ElementCount)}");
    }

    /// <summary>MEAN and SUM of kernels that keep the axes in an array of two on the stack (reduce_common.cc).</summary>
    public static SupportProblem? TwoAxes(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Integers(1) is not { } given)
            return null;
        int count = given.Select(axis => SupportContext.Axis(axis, input.Shape.Count)).Distinct().Count();
        return count > 2
            ? new SupportProblem($"reduces {count} axes; the kernel has room for 2 and writes past it", "reduce in two steps")
            : null;
    }

    /// <summary>ARG_MAX and ARG_MIN: the output is the input without the axis (kernels/internal/reference/arg_min_max.h).</summary>
    public static SupportProblem? Argument(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output || op.Integers(1) is not { Length: > 0 } given)
            return null;
        if (SupportContext.Axis(given[0], input.Shape.Count) is not { } axis)
            return SupportProblem.Shapes($"looks along the axis {given[0]} of a tensor of rank {input.Shape.Count}");
        int[] shape = input.Shape.Where((_, i) => i != axis).ToArray();
        return output.Shape.SequenceEqual(shape) ? null : SupportProblem.Shapes(
            $"makes the shape {Quote.List(shape)} where its output has {Quote.List(output.Shape)}");
    }

    /// <summary>GATHER: axis, batch dimensions and constant positions, and an output as large as what is gathered (micro/kernels/gather.cc).</summary>
    public static SupportProblem? Gather(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Input(1) is not { } positions || op.Output(0) is not { } output)
            return null;
        int given = op.Options.Int32(BatchDimensionsSlot), batches = given < 0 ? given + positions.Shape.Count : given;
        if (SupportContext.Axis(op.Options.Int32(AxisSlot), input.Shape.Count) is not { } axis
            || batches < 0 || batches > axis || batches > positions.Shape.Count)
            return SupportProblem.Shapes($"gathers along the axis {op.Options.Int32(AxisSlot)} with {given} batch dimensions from "
                + $"{Quote.List(input.Shape)} at {Quote.List(positions.Shape)}");
        if (Enumerable.Range(0, batches).Any(i => input.Shape[i] != positions.Shape[i]))
            return SupportProblem.Shapes($"gathers from {Quote.List(input.Shape)} at {Quote.List(positions.Shape)}, whose batch dimensions differ");
        if (op.Integers(1) is { } constants
            && constants.Where(position => position < 0 || position >= input.Shape[axis]).Cast<long?>().FirstOrDefault() is { } outside)
            return new SupportProblem($"gathers position {outside} of {Quantity.Count(input.Shape[axis])}", Cures.Again);
        long size = OperatorTensors.Product(input.Shape, 0, axis) * OperatorTensors.Product(positions.Shape, batches, positions.Shape.Count)
            * OperatorTensors.Product(input.Shape, axis + 1, input.Shape.Count);
        return size == output.ElementCount ? null : SupportProblem.Shapes($"gathers {Quantity.Count(size)} elements where its output has "
            + $"{Quantity.Count(output.ElementCount)}");
    }

    /// <summary>GATHER_ND: at most five indices, no more than the input has dimensions (micro/kernels/gather_nd.cc).</summary>
    public static SupportProblem? GatherNd(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Input(1) is not { Shape.Count: > 0 } indices || op.Output(0) is not { } output)
            return null;
        int depth = indices.Shape[indices.Shape.Count - 1];
        if (depth > input.Shape.Count || depth > MostIndices)
            return SupportProblem.Shapes($"has {depth} indices for a tensor of rank {input.Shape.Count}; the kernel takes at most "
                + $"{Math.Min(input.Shape.Count, MostIndices)}");
        long size = OperatorTensors.Product(indices.Shape, 0, indices.Shape.Count - 1) * OperatorTensors.Product(input.Shape, depth, input.Shape.Count);
        return size == output.ElementCount ? null : SupportProblem.Shapes($"gathers {Quantity.Count(size)} elements where its output has "
            + $"{Quantity.Count(output.ElementCount)}");
    }

    /// <summary>EMBEDDING_LOOKUP: an output for a row for each index (micro/kernels/embedding_lookup.cc).</summary>
    public static SupportProblem? EmbeddingLookup(SupportContext op)
    {
        if (op.Input(0) is not { Shape.Count: 1 } indices || op.Input(1) is not { Shape.Count: >= 2 } rows || op.Output(0) is not { } output)
            return null;
        long size = indices.Shape[0] * OperatorTensors.Product(rows.Shape, 1, rows.Shape.Count);
        return output.Shape.Count < rows.Shape.Count || size > output.ElementCount
            ? SupportProblem.Shapes($"looks up {Quantity.Count(size)} elements of rank {rows.Shape.Count} where its output has the shape "
                + $"{Quote.List(output.Shape)}")
            : null;
    }

    /// <summary>REVERSE_V2: axes that follow each other (micro/kernels/reverse.cc).</summary>
    public static SupportProblem? Reverse(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Integers(1) is not { } given)
            return null;
        int[] axes = given.Select(axis => SupportContext.Axis(axis, input.Shape.Count) ?? -1).OrderBy(axis => axis).ToArray();
        if (axes.Contains(-1))
            return SupportProblem.Shapes($"reverses axes [{string.Join(", ", given)}] of a tensor of rank {input.Shape.Count}");
        return axes.Where((axis, i) => i > 0 && axis != axes[i - 1] + 1).Any()
            ? new SupportProblem($"reverses axes [{string.Join(", ", given)}] with others between them", "reverse one axis after the other")
            : null;
    }
}
