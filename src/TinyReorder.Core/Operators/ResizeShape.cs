using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>A RESIZE_NEAREST_NEIGHBOR or RESIZE_BILINEAR: sizes in elements (options of both: align corners, half pixel centers).</summary>
internal sealed record ResizeShape(
    int Batches, int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int Channels, TensorType Type, bool AlignsCorners, bool UsesHalfPixels,
        bool IsBilinear)
{
    /// <summary>Bytes of a pixel.</summary>
    public long PixelBytes => (long)Channels * Type.ElementBytes();

    /// <summary>The shape of an operator, or null where it is none such.</summary>
    public static ResizeShape? Of(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        TfliteTensor? input = OperatorTensors.Find(subgraph, operation.Inputs, 0), output = OperatorTensors.Find(subgraph, operation.Outputs, 0);
        bool isBilinear = operation.Kind == "RESIZE_BILINEAR";
        if (input is not { Shape.Count: 4 } || output is not { Shape.Count: 4 } || (!isBilinear && operation.Kind != "RESIZE_NEAREST_NEIGHBOR"))
            return null;
        bool fits = input.Type == output.Type && input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3] && input.ElementCount > 0
            && output.ElementCount > 0;
        // BILINEAR's table begins with two fields that are no longer used.
        int slot = isBilinear ? 2 : 0;
        return fits
            ? new ResizeShape(
                input.Shape[0], input.Shape[1], input.Shape[2], output.Shape[1], output.Shape[2], input.Shape[3], input.Type, operation.Options.Bool(slot),
                    operation.Options.Bool(slot + 1), isBilinear)
            : null;
    }

    /// <summary>The least distance, by rows or by pixels: output row r reads no row of the input before floor(r * H / OH) - 1.</summary>
    public long Distance(string rule)
    {
        var grid = new PixelGrid
        {
            Batches = Batches,
            FirstRows = Firsts(InputHeight, OutputHeight),
            FirstColumns = Firsts(InputWidth, OutputWidth),
            InputPixelBytes = PixelBytes,
            InputRowBytes = InputWidth * PixelBytes,
            InputImageBytes = (long)InputHeight * InputWidth * PixelBytes,
            OutputPixelBytes = PixelBytes,
        };
        return rule == "row-safe" ? grid.RowDistance() : grid.PixelDistance(grid.OutputPixelBytes);
    }

    /// <summary>
    /// A lower bound that holds for every way to count: rounding in floating point is less than one row off, and a pixel's centre is at most half a row before
    /// its corner. Integer bilinear kernels step by a scale rounded to 1/1024, half of which each row of the output may lose.
    /// </summary>
    private long[] Firsts(int inputs, int outputs)
    {
        (long span, long steps) = AlignsCorners && outputs > 1 ? (inputs - 1, outputs - 1) : ((long)inputs, outputs);
        long[] firsts = new long[outputs];
        for (long i = 0; i < outputs; i++)
        {
            long lost = IsBilinear ? (i + 2047) / 2048 : 0;
            firsts[i] = Math.Max(0, (i * span / steps) - 1 - lost);
            firsts[i] = Math.Min(firsts[i], inputs - 1);
        }
        return firsts;
    }
}
