using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>What each row of an operator's output is made of, told by the shapes and options that stand in the file.</summary>
internal sealed class RowArithmetic(TermTable terms, TermIdentity identity)
{
    private const int Rank = 4, Height = 1, Width = 2;

    /// <summary>The rows of the output; null where the operator does not work row by row, or it is not known how.</summary>
    /// <param name="subgraph">The operator's subgraph.</param>
    /// <param name="op">The operator.</param>
    /// <param name="axis">The axis of the rows.</param>
    /// <param name="rowsOf">The rows of an image.</param>
    /// <param name="wholeOf">What a tensor holds.</param>
    public int[]? Rows(TfliteSubgraph subgraph, TfliteOperator op, int axis, Func<TfliteTensor, int[]> rowsOf, Func<TfliteTensor, int> wholeOf)
    {
        if (op.Outputs.Count != 1 || op.Inputs.Count == 0 || OperatorTensors.Find(subgraph, op.Outputs, 0) is not { Shape.Count: Rank } output
            || OperatorTensors.Find(subgraph, op.Inputs, 0) is not { } input || output.Shape[0] != 1)
            return null;
        switch (op.Kind)
        {
            case "CONV_2D" or "DEPTHWISE_CONV_2D" or "MAX_POOL_2D" or "AVERAGE_POOL_2D":
                return Window(subgraph, op, axis, rowsOf(input), wholeOf);
            case "PAD":
                return PadShape.Of(subgraph, op) is { PadsBatch: false, PadsChannels: false } pad && op.Inputs.Count == 2
                    ? Padded(pad, axis, rowsOf(input), identity.Padding(output)) : null;
            case "STRIDED_SLICE":
                return Taken(subgraph, op, axis, rowsOf(input));
            case "RESIZE_NEAREST_NEIGHBOR":
                return Resized(subgraph, op, axis, rowsOf(input));
            case "CONCATENATION":
                int joined = op.Options.Int32(0) is var at && at < 0 ? at + Rank : at;
                return joined <= axis ? null : Elementwise(subgraph, op, axis, rowsOf, wholeOf);
            case "RELU" or "RELU6" or "RELU_N1_TO_1" or "LOGISTIC" or "TANH" or "HARD_SWISH" or "LEAKY_RELU" or "ELU" or "ABS" or "NEG" or "EXP" or "SQRT"
                or "RSQRT" or "SQUARE" or "QUANTIZE" or "DEQUANTIZE" or "FLOOR" or "CEIL" or "ROUND" or "LOG" or "SIN" or "COS" or "ADD" or "SUB" or "MUL"
                or "DIV" or "MINIMUM" or "MAXIMUM" or "SQUARED_DIFFERENCE" or "PRELU":
                return Elementwise(subgraph, op, axis, rowsOf, wholeOf);
            default:
                return null;
        }
    }

    /// <summary>A convolution by what its options mean, or null where it is none that is known.</summary>
    public static string? Convolution(TfliteSubgraph subgraph, TfliteOperator op)
    {
        if (WindowShape.Of(subgraph, op) is not { } window)
            return null;
        (long height, long width) = (window.FilterHeight == 1 ? 1 : window.DilationHeight, window.FilterWidth == 1 ? 1 : window.DilationWidth);
        return string.Join(" ", window.StrideHeight, window.StrideWidth, height, width, window.PadTop, window.PadLeft, window.OutputHeight, window.OutputWidth,
            op.Options.Byte(3), op.Options.Byte(6));
    }

    private static string Head(TfliteSubgraph subgraph, TfliteOperator op, string how) => string.Join("|", op.Inputs.Concat(op.Outputs)
        .Select(t => t < 0 ? "-" : TermIdentity.Type(subgraph.Tensors[t])).Prepend(how).Prepend(op.Kind));

    private int[]? Window(TfliteSubgraph subgraph, TfliteOperator op, int axis, int[] rows, Func<TfliteTensor, int> wholeOf)
    {
        if (WindowShape.Of(subgraph, op) is not { Batches: 1 } window)
            return null;
        bool isHeight = axis == Height, isMean = op.Kind == "AVERAGE_POOL_2D";
        (long filter, long stride, long dilation, long before, long outputs) = isHeight
            ? (window.FilterHeight, window.StrideHeight, window.DilationHeight, window.PadTop, window.OutputHeight)
            : (window.FilterWidth, window.StrideWidth, window.DilationWidth, window.PadLeft, window.OutputWidth);
        (long Filter, long Stride, long Dilation, long Before, long Outputs, long Inputs) other = isHeight
            ? (window.FilterWidth, window.StrideWidth, window.DilationWidth, window.PadLeft, window.OutputWidth, window.InputWidth)
            : (window.FilterHeight, window.StrideHeight, window.DilationHeight, window.PadTop, window.OutputHeight, window.InputHeight);
        long behind = Math.Max(0, ((other.Outputs - 1) * other.Stride) + ((other.Filter - 1) * other.Dilation) + 1 - other.Before - other.Inputs);
        int activation = op.Options.Byte(op.Kind switch { "CONV_2D" => 3, "DEPTHWISE_CONV_2D" => 4, _ => 5 });
        string accumulator = op.Kind == "CONV_2D" ? $" {op.Options.Byte(6)}" : "";
        // A window of one has no gaps that dilation could widen.
        (long own, long others) = (filter == 1 ? 1 : dilation, other.Filter == 1 ? 1 : other.Dilation);
        // A mean leaves out what is outside of the image, which padding as data would not: how much that is belongs to what it computes.
        string leftOut = isMean && other.Before + behind > 0 ? $" without {other.Before} and {behind}" : "";
        string how = $"{filter} {stride} {own} {other.Filter} {other.Stride} {others} {other.Outputs} {activation}{accumulator}{leftOut} axis {axis}";
        string head = Head(subgraph, op, how);
        int[] weights = [.. op.Inputs.Skip(1).Select(t => t < 0 ? -1 : wholeOf(subgraph.Tensors[t]))];
        TfliteTensor input = subgraph.Tensors[op.Inputs[0]];
        // To a maximum the lowest value adds nothing.
        if ((op.Kind == "MAX_POOL_2D" ? identity.Lowest(input) : identity.Padding(input)) is not { } padding)
            return null;
        int[] made = new int[outputs];
        for (int y = 0; y < outputs; y++)
        {
            var read = new List<int>();
            for (long tap = 0; tap < filter; tap++)
            {
                long row = (y * stride) - before + (tap * dilation);
                bool isInside = row >= 0 && row < rows.Length;
                read.Add(!isInside ? isMean ? terms.Of("left out") : padding
                    : isMean ? rows[row] : terms.WithColumns(rows[row], (int)other.Before, (int)behind, padding));
            }
            made[y] = terms.Of(head, read.Concat(weights));
        }
        return made;
    }

    private int[] Padded(PadShape pad, int axis, int[] rows, int padding)
    {
        int other = Height + Width - axis;
        int before = (int)pad.Before[other], behind = (int)(pad.Output[other] - pad.Input[other] - pad.Before[other]);
        return [.. Enumerable.Range(0, (int)pad.Output[axis]).Select(y => y - (int)pad.Before[axis])
            .Select(row => row < 0 || row >= rows.Length ? padding : terms.WithColumns(rows[row], before, behind, padding))];
    }

    /// <summary>Rows that are taken out, with what is taken of each of them.</summary>
    private int[]? Taken(TfliteSubgraph subgraph, TfliteOperator op, int axis, int[] rows)
    {
        TfliteTensor input = subgraph.Tensors[op.Inputs[0]], output = subgraph.Tensors[op.Outputs[0]];
        if (StridedPlaces.Of(subgraph, op) is not { Shrinks: false } places || TermIdentity.Type(input) != TermIdentity.Type(output)
            || !places.Counts.SequenceEqual(output.Shape.Select(size => (long)size)))
            return null;
        string others = string.Join(" ", Enumerable.Range(0, Rank).Where(d => d != axis)
            .Select(d => $"{places.Starts[d]}:{(places.Counts[d] == 1 ? 1 : places.Strides[d])}:{places.Counts[d]}"));
        string head = $"taken {others} along {axis}";
        return [.. Enumerable.Range(0, output.Shape[axis]).Select(y => terms.Of(head, [rows[places.Starts[axis] + (y * places.Strides[axis])]]))];
    }

    private int[]? Resized(TfliteSubgraph subgraph, TfliteOperator op, int axis, int[] rows)
    {
        if (axis != Height || ResizeShape.Of(subgraph, op) is not { Batches: 1, AlignsCorners: false, UsesHalfPixels: false } resize
            || resize.OutputHeight % resize.InputHeight != 0 || resize.OutputWidth % resize.InputWidth != 0)
            return null;
        int times = resize.OutputHeight / resize.InputHeight;
        return [.. Enumerable.Range(0, resize.OutputHeight).Select(y => terms.Of($"widened {resize.OutputWidth / resize.InputWidth}", [rows[y / times]]))];
    }

    /// <summary>Row y of the output from row y of each image, and from what is the same for every row.</summary>
    private int[]? Elementwise(TfliteSubgraph subgraph, TfliteOperator op, int axis, Func<TfliteTensor, int[]> rowsOf, Func<TfliteTensor, int> wholeOf)
    {
        int rows = subgraph.Tensors[op.Outputs[0]].Shape[axis];
        string head = Head(subgraph, op, identity.Options(op));
        var operands = new List<Func<int, int>>();
        foreach (int t in op.Inputs)
        {
            if (t < 0)
                return null;
            TfliteTensor operand = subgraph.Tensors[t];
            bool isImage = operand.Shape.Count == Rank && operand.Shape[0] == 1;
            if (isImage && !operand.IsConstant && (operand.Shape[axis] == rows || operand.Shape[axis] == 1))
            {
                int[] own = rowsOf(operand);
                operands.Add(y => own[own.Length == 1 ? 0 : y]);
            }
            else if (isImage ? operand.Shape[axis] == 1 : operand.Shape.Count < Rank - axis || operand.ElementCount == 1)
            {
                int whole = wholeOf(operand);
                operands.Add(_ => whole);
            }
            else
            {
                return null;
            }
        }
        return [.. Enumerable.Range(0, rows).Select(y => terms.Of(head, operands.Select(operand => operand(y))))];
    }
}
