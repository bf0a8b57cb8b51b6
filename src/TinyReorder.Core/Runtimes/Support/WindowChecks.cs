using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Convolutions, pools and resizing: images of rank 4.</summary>
internal static class WindowChecks
{
    private const int DepthMultiplierSlot = 3;
    private const int AlignCornersSlot = 2;
    private const int HalfPixelCentersSlot = 3;
    private const double PoolScaleTolerance = 1e-6;

    /// <summary>CONV_2D: channels of filter, bias and output, and groups (kernels/internal/reference/conv.h).</summary>
    public static SupportProblem? Convolution(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Input(1) is not { } filter || op.Output(0) is not { } output)
            return null;
        return NotImages(input, filter, output)
            ?? Batches(input, output)
            ?? Channels(filter.Shape[0], output.Shape[3], "output")
            ?? Scales(filter, 0)
            ?? Bias(op.Input(2), output.Shape[3])
            ?? (filter.Shape[3] == 0 || input.Shape[3] % filter.Shape[3] != 0
                ? SupportProblem.Shapes($"has {input.Shape[3]} input channels for a filter of {filter.Shape[3]}")
                : null);
    }

    /// <summary>
    /// DEPTHWISE_CONV_2D: as many filters as output channels, and as many for each input channel as its options say (depthwiseconv_float.h).
    /// </summary>
    public static SupportProblem? Depthwise(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Input(1) is not { } filter || op.Output(0) is not { } output)
            return null;
        long multiplier = op.Options.Int32(DepthMultiplierSlot);
        return NotImages(input, filter, output)
            ?? Batches(input, output)
            ?? Channels(filter.Shape[3], output.Shape[3], "output")
            ?? Scales(filter, 3)
            ?? Bias(op.Input(2), output.Shape[3])
            ?? (input.Shape[3] * multiplier != output.Shape[3]
                ? SupportProblem.Shapes($"makes {output.Shape[3]} channels of {input.Shape[3]} with a multiplier of {multiplier}")
                : null);
    }

    /// <summary>Loops that compare the bias with the channels even where there is none, unless assertions are off (depthwiseconv_float.h).</summary>
    public static SupportProblem? BiasOfDepthwise(SupportContext op) =>
        op.Input(2) is null && op.Output(0) is { Shape.Count: 4 } output && output.Shape[3] != 1
            ? new SupportProblem("has no bias, at which the kernel stops where assertions are compiled in", "give the layer a bias (use_bias=True)")
            : null;

    /// <summary>TRANSPOSE_CONV (kernels/internal/reference/transpose_conv.h).</summary>
    public static SupportProblem? TransposeConvolution(SupportContext op)
    {
        if (op.Input(2) is not { } input || op.Input(1) is not { } filter || op.Output(0) is not { } output)
            return null;
        return NotImages(input, filter, output)
            ?? Batches(input, output)
            ?? Channels(filter.Shape[0], output.Shape[3], "output")
            ?? Channels(filter.Shape[3], input.Shape[3], "input")
            ?? Scales(filter, 0)
            ?? Bias(op.Input(3), output.Shape[3]);
    }

    /// <summary>An int16 TRANSPOSE_CONV that looks at the type of a bias without asking whether there is one (transpose_conv.cc).</summary>
    public static SupportProblem? Int16BiasOfTransposeConvolution(SupportContext op) => Int16Bias(op.Input(2), op.Input(3));

    /// <summary>The same of an int16 CONV_2D (conv.cc of 2022).</summary>
    public static SupportProblem? Int16BiasOfConvolution(SupportContext op) => Int16Bias(op.Input(0), op.Input(2));

    /// <summary>Pools: batch and channels stay, and integers keep their scale (micro/kernels/pooling_common.cc).</summary>
    public static SupportProblem? Pool(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output)
            return null;
        bool isScaled = Math.Abs(SupportContext.Scale(input) - SupportContext.Scale(output)) > PoolScaleTolerance;
        bool rescales = input.Type is TensorType.Int8 or TensorType.Int16 && (isScaled || SupportContext.ZeroPoint(input) != SupportContext.ZeroPoint(output));
        return NotImages(input, output)
            ?? Batches(input, output)
            ?? Channels(input.Shape[3], output.Shape[3], "output")
            ?? (rescales
                ? new SupportProblem("has another scale or zero point in its output than in its input, which it does not rescale", Cures.Quantization) : null);
    }

    /// <summary>Resizing: the output has the height and width of the second input (kernels/internal/reference/resize_bilinear.h).</summary>
    public static SupportProblem? Resize(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output)
            return null;
        if ((NotImages(input, output) ?? Batches(input, output) ?? Channels(input.Shape[3], output.Shape[3], "output")) is { } problem)
            return problem;
        return op.Integers(1) is { Length: 2 } size && (size[0] != output.Shape[1] || size[1] != output.Shape[2])
            ? SupportProblem.Shapes($"resizes to {size[0]} by {size[1]} where its output has {output.Shape[1]} by {output.Shape[2]}")
            : null;
    }

    /// <summary>Bilinear resizing takes one of its two alignments (micro/kernels/resize_bilinear.cc).</summary>
    public static SupportProblem? ResizeBilinear(SupportContext op) =>
        op.Options.Bool(AlignCornersSlot) && op.Options.Bool(HalfPixelCentersSlot)
            ? new SupportProblem("asks for aligned corners and half pixel centers at once", "export it with one of the two")
            : Resize(op);

    private static SupportProblem? Int16Bias(TfliteTensor? input, TfliteTensor? bias) =>
        input is { Type: TensorType.Int16 } && bias is null
            ? new SupportProblem("has int16 input and no bias, which crashes the kernel", "give the layer a bias (use_bias=True)")
            : null;

    private static SupportProblem? NotImages(params TfliteTensor[] tensors) =>
        tensors.FirstOrDefault(tensor => tensor.Shape.Count != 4) is { } other
            ? new SupportProblem($"has a tensor of rank {other.Shape.Count}; the kernel takes 4", "reshape to batch, height, width and channels around it")
            : null;

    private static SupportProblem? Batches(TfliteTensor input, TfliteTensor output) =>
        input.Shape[0] == output.Shape[0] ? null : SupportProblem.Shapes($"makes a batch of {output.Shape[0]} out of one of {input.Shape[0]}");

    private static SupportProblem? Channels(int has, int needs, string of) =>
        has == needs ? null : SupportProblem.Shapes($"has {has} channels where its {of} has {needs}");

    private static SupportProblem? Scales(TfliteTensor filter, int dimension)
    {
        if (filter.Type == TensorType.Float32)
            return null;
        if (!SupportContext.IsQuantized(filter))
            return new SupportProblem("has a filter without scale and zero point", Cures.Quantization);
        bool fits = filter.Scales.Count == 1 || (filter.Scales.Count == filter.Shape[dimension] && filter.QuantizedDimension == dimension);
        return fits ? null : new SupportProblem($"has {filter.Scales.Count} scales along dimension {filter.QuantizedDimension} for "
            + $"{filter.Shape[dimension]} filters", Cures.Quantization);
    }

    private static SupportProblem? Bias(TfliteTensor? bias, int channels) =>
        bias is null || bias.ElementCount == channels
            ? null : SupportProblem.Shapes($"has {Quantity.Count(bias.ElementCount)} biases for {channels} channels");
}
