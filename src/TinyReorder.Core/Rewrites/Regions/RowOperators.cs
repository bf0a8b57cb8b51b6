using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Regions;

/// <summary>
/// Which operators give the same bits when they are run on some rows at a time: each output row depends on the rows that are told, by the same arithmetic in the
/// same order. An operator that is not known here is in no region.
/// </summary>
internal static class RowOperators
{
    /// <summary>The axis of rows: height.</summary>
    public const int Height = 1;

    /// <summary>The axis of rows of images of one row: width.</summary>
    public const int Width = 2;

    private const int Rank = 4;

    private static readonly HashSet<string> Unary = new(StringComparer.Ordinal)
    {
        "RELU", "RELU6", "RELU_N1_TO_1", "LOGISTIC", "TANH", "HARD_SWISH", "LEAKY_RELU", "ELU", "ABS", "NEG", "EXP", "SQRT", "RSQRT", "SQUARE", "QUANTIZE",
        "DEQUANTIZE", "FLOOR", "CEIL", "ROUND", "LOG", "SIN", "COS",
    };

    private static readonly HashSet<string> Binary = new(StringComparer.Ordinal)
    {
        "ADD", "SUB", "MUL", "DIV", "MINIMUM", "MAXIMUM", "SQUARED_DIFFERENCE", "PRELU",
    };

    /// <summary>How an operator works row by row, or null where it does not, or is not known to.</summary>
    /// <param name="subgraph">Its subgraph.</param>
    /// <param name="op">The operator.</param>
    /// <param name="axis">The axis of the rows, <see cref="Height"/> or <see cref="Width"/>.</param>
    public static RowOperator? Of(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        if (op.Outputs.Count != 1 || OperatorTensors.Find(subgraph, op.Outputs, 0) is not { } output || !IsImage(output, axis) || op.Inputs.Count == 0)
            return null;
        TfliteTensor? input = OperatorTensors.Find(subgraph, op.Inputs, 0);
        return op.Kind switch
        {
            "CONV_2D" or "DEPTHWISE_CONV_2D" or "MAX_POOL_2D" or "AVERAGE_POOL_2D" => Window(subgraph, op, axis),
            "PAD" => Pad(subgraph, op, axis),
            "CONCATENATION" => Concatenation(subgraph, op, output, axis),
            "RESIZE_NEAREST_NEIGHBOR" => Resize(subgraph, op, axis),
            "STRIDED_SLICE" => Taken(subgraph, op, axis),
            _ when Unary.Contains(op.Kind) => input is not null && input.Shape.SequenceEqual(output.Shape) ? Point([0], output.Shape[axis]) : null,
            _ when Binary.Contains(op.Kind) => Elementwise(subgraph, op, output, axis),
            _ => null,
        };
    }

    private static bool IsImage(TfliteTensor tensor, int axis) =>
        tensor.Shape.Count == Rank && tensor.Shape[0] == 1 && tensor.Bytes > 0 && (axis == Height || tensor.Shape[Height] == 1)
        && tensor.Type is TensorType.Int8 or TensorType.Int16 or TensorType.Float32;

    private static RowOperator Point(IReadOnlyList<int> inputs, int rows) =>
        new() { Kind = RowKind.Point, RowInputs = inputs, InputRows = rows, OutputRows = rows };

    private static RowOperator? Window(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        // Weights and bias that are made at run time are read whole; they would have to stay whole through the loop.
        bool isFixed = op.Inputs.Skip(1).All(t => t < 0 || subgraph.Tensors[t].IsConstant);
        if (!isFixed || WindowShape.Of(subgraph, op) is not { Batches: 1 } window || !IsImage(subgraph.Tensors[op.Inputs[0]], axis))
            return null;
        (int before, int behind, int reach) rows = Padding(window.InputHeight, window.OutputHeight, window.FilterHeight, window.StrideHeight,
            window.DilationHeight, window.PadTop);
        (int before, int behind, int reach) columns = Padding(window.InputWidth, window.OutputWidth, window.FilterWidth, window.StrideWidth,
            window.DilationWidth, window.PadLeft);
        bool isHeight = axis == Height;
        if (!isHeight)
            (rows, columns) = (columns, rows);
        // Padded along its height, an image of one row has rows along its width in several pieces.
        if (!isHeight && columns is not (0, 0, _))
            return null;
        // A pool leaves padding out. A mean would count padding that is data; to a maximum the lowest value adds nothing.
        bool isPadded = rows.before + rows.behind + columns.before + columns.behind > 0;
        return new RowOperator
        {
            Kind = RowKind.Window,
            RowInputs = [0],
            InputRows = (int)(isHeight ? window.InputHeight : window.InputWidth),
            OutputRows = (int)(isHeight ? window.OutputHeight : window.OutputWidth),
            Reach = rows.reach,
            Stride = (int)(isHeight ? window.StrideHeight : window.StrideWidth),
            PadBefore = rows.before,
            PadBehind = rows.behind,
            Columns = (columns.before, columns.behind),
            HasToKeepPadding = isPadded && op.Kind == "AVERAGE_POOL_2D",
            PadsWithLowest = isPadded && op.Kind == "MAX_POOL_2D",
        };
    }

    private static (int Before, int Behind, int Reach) Padding(long input, long output, long filter, long stride, long dilation, long before)
    {
        long reach = ((filter - 1) * dilation) + 1, end = ((output - 1) * stride) + reach - before;
        return ((int)before, (int)Math.Max(0, end - input), (int)reach);
    }

    private static RowOperator? Taken(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        TfliteTensor input = subgraph.Tensors[op.Inputs[0]], output = subgraph.Tensors[op.Outputs[0]];
        if (StridedPlaces.Of(subgraph, op) is not { Shrinks: false } places || !IsImage(input, axis)
            || !places.Counts.SequenceEqual(output.Shape.Select(size => (long)size)))
            return null;
        return new RowOperator
        {
            Kind = RowKind.Taken,
            RowInputs = [0],
            InputRows = input.Shape[axis],
            OutputRows = output.Shape[axis],
            Start = (int)places.Starts[axis],
            Stride = (int)Math.Min(places.Strides[axis], input.Shape[axis]),
        };
    }

    private static RowOperator? Pad(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        // A value of its own would have to be told to the padding of rows.
        if (op.Inputs.Count != 2 || PadShape.Of(subgraph, op) is not { PadsBatch: false, PadsChannels: false } pad
            || !IsImage(subgraph.Tensors[op.Inputs[0]], axis))
            return null;
        int other = Height + Width - axis;
        return new RowOperator
        {
            Kind = RowKind.Pad,
            RowInputs = [0],
            InputRows = (int)pad.Input[axis],
            OutputRows = (int)pad.Output[axis],
            PadBefore = (int)pad.Before[axis],
            PadBehind = (int)(pad.Output[axis] - pad.Input[axis] - pad.Before[axis]),
            Columns = ((int)pad.Before[other], (int)(pad.Output[other] - pad.Input[other] - pad.Before[other])),
        };
    }

    private static RowOperator? Concatenation(TfliteSubgraph subgraph, TfliteOperator op, TfliteTensor output, int axis)
    {
        int joined = op.Options.Int32(0);
        joined = joined < 0 ? joined + Rank : joined;
        // Along the rows or before them, pieces are not parts of one row.
        if (joined <= axis || op.Inputs.Distinct().Count() != op.Inputs.Count)
            return null;
        bool areImages = op.Inputs.All(t => t >= 0 && !subgraph.Tensors[t].IsConstant && IsImage(subgraph.Tensors[t], axis)
            && subgraph.Tensors[t].Shape[axis] == output.Shape[axis]);
        return areImages ? Point([.. Enumerable.Range(0, op.Inputs.Count)], output.Shape[axis]) : null;
    }

    private static RowOperator? Elementwise(TfliteSubgraph subgraph, TfliteOperator op, TfliteTensor output, int axis)
    {
        int rows = output.Shape[axis];
        var withRows = new List<int>();
        for (int position = 0; position < op.Inputs.Count; position++)
        {
            if (OperatorTensors.Find(subgraph, op.Inputs, position) is not { } operand)
                return null;
            bool isRow = operand.Shape.Count == Rank && operand.Shape[axis] == rows && rows > 1;
            // An operand of one row, or of fewer dimensions than rows have, is the same for every row.
            bool isBroadcast = operand.Shape.Count == Rank ? operand.Shape[axis] == 1 : operand.Shape.Count < Rank - axis || operand.ElementCount == 1;
            if (isRow && !operand.IsConstant && IsImage(operand, axis))
                withRows.Add(position);
            else if (isRow || !isBroadcast)
                return null;
        }
        return withRows.Count > 0 ? Point(withRows, rows) : null;
    }

    private static RowOperator? Resize(TfliteSubgraph subgraph, TfliteOperator op, int axis)
    {
        // Only where each row is repeated as often, which rounding in floating point cannot miss.
        if (axis != Height || ResizeShape.Of(subgraph, op) is not { Batches: 1, AlignsCorners: false, UsesHalfPixels: false } resize
            || resize.OutputHeight % resize.InputHeight != 0 || resize.OutputWidth % resize.InputWidth != 0 || !IsImage(subgraph.Tensors[op.Inputs[0]], axis))
            return null;
        return new RowOperator
        {
            Kind = RowKind.Block,
            RowInputs = [0],
            InputRows = resize.InputHeight,
            OutputRows = resize.OutputHeight,
            BlockOutputs = resize.OutputHeight / resize.InputHeight,
        };
    }
}
