using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>
/// The window of a convolution, depthwise convolution or pool: sizes in elements, options as the file has them, padding as kernels/padding.h computes it.
/// </summary>
internal sealed record WindowShape
{
    private const int PaddingSame = 0;
    private const int MostCountedTaps = 1 << 16;

    public required long Batches { get; init; }

    public required long InputHeight { get; init; }

    public required long InputWidth { get; init; }

    public required long InputChannels { get; init; }

    public required long OutputHeight { get; init; }

    public required long OutputWidth { get; init; }

    public required long OutputChannels { get; init; }

    public required long FilterHeight { get; init; }

    public required long FilterWidth { get; init; }

    /// <summary>Channels that one filter reads; those of the input for pools.</summary>
    public required long FilterChannels { get; init; }

    public required long StrideHeight { get; init; }

    public required long StrideWidth { get; init; }

    public required long DilationHeight { get; init; }

    public required long DilationWidth { get; init; }

    /// <summary>Rows of padding above.</summary>
    public required long PadTop { get; init; }

    /// <summary>Columns of padding on the left.</summary>
    public required long PadLeft { get; init; }

    public required int ElementBytes { get; init; }

    /// <summary>Whether each output channel reads every input channel of its group.</summary>
    public required bool MixesChannels { get; init; }

    public long InputPixelBytes => InputChannels * ElementBytes;

    public long InputRowBytes => InputWidth * InputPixelBytes;

    public long InputImageBytes => InputHeight * InputRowBytes;

    public long OutputPixelBytes => OutputChannels * ElementBytes;

    public bool IsDilated => DilationHeight != 1 || DilationWidth != 1;

    public bool IsPointwise => FilterHeight == 1 && FilterWidth == 1 && PadTop == 0 && PadLeft == 0 && !IsDilated;

    /// <summary>Rows of the window that lie inside of the image, over all places along the rows.</summary>
    public long RowTaps() => TapsInside(InputHeight, OutputHeight, FilterHeight, StrideHeight, DilationHeight, PadTop);

    /// <summary>Columns of the window that lie inside of the image, over all places along the columns.</summary>
    public long ColumnTaps() => TapsInside(InputWidth, OutputWidth, FilterWidth, StrideWidth, DilationWidth, PadLeft);

    /// <summary>The window of an operator, or null where it has none or its tensors do not fit together.</summary>
    public static WindowShape? Of(TfliteSubgraph subgraph, TfliteOperator operation) => operation.Kind switch
    {
        "CONV_2D" => OfFilter(subgraph, operation, dilationSlot: 4, isDepthwise: false),
        "DEPTHWISE_CONV_2D" => OfFilter(subgraph, operation, dilationSlot: 5, isDepthwise: true),
        "MAX_POOL_2D" or "AVERAGE_POOL_2D" => OfPool(subgraph, operation),
        _ => null,
    };

    private static WindowShape? OfFilter(TfliteSubgraph subgraph, TfliteOperator operation, int dilationSlot, bool isDepthwise)
    {
        if (OperatorTensors.Find(subgraph, operation.Inputs, 1) is not { Shape.Count: 4 } filter)
            return null;
        WindowShape? window = Of(
            subgraph,
            operation,
            (filter.Shape[1], filter.Shape[2]),
            (operation.Options.Int32(dilationSlot + 1, 1), operation.Options.Int32(dilationSlot, 1)));
        if (window is null)
            return null;
        long channels = filter.Shape[isDepthwise ? 0 : 3], outputs = filter.Shape[isDepthwise ? 3 : 0];
        bool fits = isDepthwise
            ? channels == 1 && window.OutputChannels % window.InputChannels == 0
            : channels > 0 && window.InputChannels % channels == 0 && window.OutputChannels % (window.InputChannels / channels) == 0;
        return fits && outputs == window.OutputChannels
            ? window with { FilterChannels = channels, MixesChannels = !isDepthwise }
            : null;
    }

    private static WindowShape? OfPool(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        WindowShape? window = Of(subgraph, operation, (operation.Options.Int32(4), operation.Options.Int32(3)), (1, 1));
        return window?.InputChannels == window?.OutputChannels ? window : null;
    }

    /// <summary>All options tables begin with the padding, the stride to the right and the stride down.</summary>
    private static WindowShape? Of(TfliteSubgraph subgraph, TfliteOperator operation, (int Height, int Width) filter, (int Height, int Width) dilation)
    {
        if (OperatorTensors.Find(subgraph, operation.Inputs, 0) is not { Shape.Count: 4 } input
            || OperatorTensors.Find(subgraph, operation.Outputs, 0) is not { Shape.Count: 4 } output)
            return null;
        int strideWidth = operation.Options.Int32(1), strideHeight = operation.Options.Int32(2);
        bool same = operation.Options.Byte(0) == PaddingSame;
        bool makesSense = strideHeight > 0 && strideWidth > 0 && dilation is { Height: > 0, Width: > 0 } && filter is { Height: > 0, Width: > 0 };
        if (!makesSense || input.Type != output.Type || input.Shape[0] != output.Shape[0] || input.ElementCount == 0 || output.ElementCount == 0)
            return null;
        var written = AsWritten(input, output, filter, (strideHeight, strideWidth), dilation, same);
        bool fits = OutputOf(same, written.InputHeight, written.FilterHeight, strideHeight, dilation.Height) == written.OutputHeight
            && OutputOf(same, written.InputWidth, written.FilterWidth, strideWidth, dilation.Width) == written.OutputWidth;
        return fits ? written : null;
    }

    /// <summary>The window with shapes and options as a file has them, whether or not they fit together; strides and dilations are above 0.</summary>
    public static WindowShape AsWritten(
        TfliteTensor input,
        TfliteTensor output,
        (int Height, int Width) filter,
        (int Height, int Width) stride,
        (int Height, int Width) dilation,
        bool isSame) => new()
        {
            Batches = input.Shape[0],
            InputHeight = input.Shape[1],
            InputWidth = input.Shape[2],
            InputChannels = input.Shape[3],
            OutputHeight = output.Shape[1],
            OutputWidth = output.Shape[2],
            OutputChannels = output.Shape[3],
            FilterHeight = filter.Height,
            FilterWidth = filter.Width,
            FilterChannels = input.Shape[3],
            StrideHeight = stride.Height,
            StrideWidth = stride.Width,
            DilationHeight = dilation.Height,
            DilationWidth = dilation.Width,
            PadTop = PadOf(isSame, input.Shape[1], filter.Height, stride.Height, dilation.Height),
            PadLeft = PadOf(isSame, input.Shape[2], filter.Width, stride.Width, dilation.Width),
            ElementBytes = input.Type.ElementBytes(),
            MixesChannels = false,
        };

    /// <summary>
    /// For each element of the window, the places at which it lies inside; all of them for windows that no network has, which would take too long.
    /// </summary>
    private static long TapsInside(long input, long output, long filter, long stride, long dilation, long pad)
    {
        if (filter > MostCountedTaps)
            return filter > long.MaxValue / output ? long.MaxValue : filter * output;
        long sum = 0;
        for (long tap = 0; tap < filter; tap++)
        {
            long start = pad - (tap * dilation), end = input + start;
            long first = start <= 0 ? 0 : (start + stride - 1) / stride, last = end <= 0 ? 0 : (end + stride - 1) / stride;
            sum += Math.Max(0, Math.Min(output, last) - first);
        }
        return sum;
    }

    /// <summary>How many places a window has along an axis (kernels/padding.h, ComputeOutSize).</summary>
    private static long OutputOf(bool isSame, long input, long filter, long stride, long dilation) =>
        isSame ? (input + stride - 1) / stride : (input + stride - Effective(filter, dilation)) / stride;

    /// <summary>The padding before an axis (kernels/padding.h, ComputePaddingWithOffset).</summary>
    private static long PadOf(bool isSame, long input, long filter, long stride, long dilation) =>
        Math.Max(0, ((OutputOf(isSame, input, filter, stride, dilation) - 1) * stride) + Effective(filter, dilation) - input) / 2;

    /// <summary>How far a window reaches.</summary>
    private static long Effective(long filter, long dilation) => ((filter - 1) * dilation) + 1;
}
