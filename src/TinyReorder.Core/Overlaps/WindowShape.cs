using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>The window of a convolution, depthwise convolution or pool: sizes in elements, options as the file has them, padding as kernels/padding.h computes it.</summary>
internal sealed record WindowShape
{
    private const int PaddingSame = 0;

    public required int Batches { get; init; }

    public required int InputHeight { get; init; }

    public required int InputWidth { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputHeight { get; init; }

    public required int OutputWidth { get; init; }

    public required int OutputChannels { get; init; }

    public required int FilterHeight { get; init; }

    public required int FilterWidth { get; init; }

    /// <summary>Channels that one filter reads; those of the input for pools.</summary>
    public required int FilterChannels { get; init; }

    public required int StrideHeight { get; init; }

    public required int StrideWidth { get; init; }

    public required int DilationHeight { get; init; }

    public required int DilationWidth { get; init; }

    /// <summary>Rows of padding above.</summary>
    public required int PadTop { get; init; }

    /// <summary>Columns of padding on the left.</summary>
    public required int PadLeft { get; init; }

    public required int ElementBytes { get; init; }

    /// <summary>Whether each output channel reads every input channel of its group.</summary>
    public required bool MixesChannels { get; init; }

    public long InputPixelBytes => (long)InputChannels * ElementBytes;

    public long InputRowBytes => InputWidth * InputPixelBytes;

    public long InputImageBytes => InputHeight * InputRowBytes;

    public long OutputPixelBytes => (long)OutputChannels * ElementBytes;

    public bool IsPointwise => FilterHeight == 1 && FilterWidth == 1 && PadTop == 0 && PadLeft == 0 && DilationHeight == 1 && DilationWidth == 1;

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
        int channels = filter.Shape[isDepthwise ? 0 : 3], outputs = filter.Shape[isDepthwise ? 3 : 0];
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
        if (OperatorTensors.Find(subgraph, operation.Inputs, 0) is not { Shape.Count: 4 } input || OperatorTensors.Find(subgraph, operation.Outputs, 0) is not { Shape.Count: 4 } output)
            return null;
        int strideWidth = operation.Options.Int32(1), strideHeight = operation.Options.Int32(2);
        bool same = operation.Options.Byte(0) == PaddingSame;
        bool makesSense = strideHeight > 0 && strideWidth > 0 && dilation is { Height: > 0, Width: > 0 } && filter is { Height: > 0, Width: > 0 };
        if (!makesSense || input.Type != output.Type || input.Shape[0] != output.Shape[0] || input.ElementCount == 0 || output.ElementCount == 0)
            return null;
        (long Output, long Pad) height = Padded(same, input.Shape[1], filter.Height, strideHeight, dilation.Height);
        (long Output, long Pad) width = Padded(same, input.Shape[2], filter.Width, strideWidth, dilation.Width);
        if (height.Output != output.Shape[1] || width.Output != output.Shape[2])
            return null;
        return new WindowShape
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
            StrideHeight = strideHeight,
            StrideWidth = strideWidth,
            DilationHeight = dilation.Height,
            DilationWidth = dilation.Width,
            PadTop = (int)height.Pad,
            PadLeft = (int)width.Pad,
            ElementBytes = input.Type.ElementBytes(),
            MixesChannels = false,
        };
    }

    private static (long Output, long Pad) Padded(bool same, long input, long filter, long stride, long dilation)
    {
        long effective = ((filter - 1) * dilation) + 1;
        long output = same ? (input + stride - 1) / stride : (input + stride - effective) / stride;
        return (output, Math.Min(int.MaxValue, Math.Max(0, ((output - 1) * stride) + effective - input) / 2));
    }
}
