using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>The window of a convolution or pool as the kernels compute it (kernels/padding.h), options and shapes taken as the file has them.</summary>
internal readonly struct WindowGeometry
{
    private const int PaddingSame = 0;

    private WindowGeometry(KernelContext kernel, TfliteTensor filter, int paddingSlot, int strideWidthSlot, int dilationWidthSlot)
    {
        TfliteTensor input = kernel.Input(0), output = kernel.Output(0);
        InputHeight = KernelContext.Dimension(input, 1);
        InputWidth = KernelContext.Dimension(input, 2);
        InputChannels = KernelContext.Dimension(input, 3);
        OutputHeight = KernelContext.Dimension(output, 1);
        OutputWidth = KernelContext.Dimension(output, 2);
        OutputChannels = KernelContext.Dimension(output, 3);
        FilterHeight = KernelContext.Dimension(filter, 1);
        FilterWidth = KernelContext.Dimension(filter, 2);
        StrideWidth = kernel.Options.Int32(strideWidthSlot);
        StrideHeight = kernel.Options.Int32(strideWidthSlot + 1);
        DilationWidth = kernel.Options.Int32(dilationWidthSlot, 1);
        DilationHeight = kernel.Options.Int32(dilationWidthSlot + 1, 1);
        if (StrideWidth < 1 || StrideHeight < 1 || DilationWidth < 1 || DilationHeight < 1)
            throw new KernelMismatchException("has a stride or dilation below 1");
        bool same = kernel.Options.Byte(paddingSlot) == PaddingSame;
        PadHeight = Padding(same, InputHeight, FilterHeight, StrideHeight, DilationHeight);
        PadWidth = Padding(same, InputWidth, FilterWidth, StrideWidth, DilationWidth);
    }

    public long InputHeight { get; }

    public long InputWidth { get; }

    public long InputChannels { get; }

    public long OutputHeight { get; }

    public long OutputWidth { get; }

    public long OutputChannels { get; }

    public long FilterHeight { get; }

    public long FilterWidth { get; }

    public long StrideHeight { get; }

    public long StrideWidth { get; }

    public long DilationHeight { get; }

    public long DilationWidth { get; }

    /// <summary>Rows of padding above.</summary>
    public long PadHeight { get; }

    /// <summary>Columns of padding on the left.</summary>
    public long PadWidth { get; }

    public bool IsDilated => DilationHeight != 1 || DilationWidth != 1;

    /// <summary>Conv2DOptions: padding, stride_w, stride_h, activation, dilation_w_factor, dilation_h_factor.</summary>
    public static WindowGeometry OfConvolution(KernelContext kernel) => new(kernel, kernel.Input(1), 0, 1, 4);

    /// <summary>DepthwiseConv2DOptions: padding, stride_w, stride_h, depth_multiplier, activation, dilation_w_factor, dilation_h_factor.</summary>
    public static WindowGeometry OfDepthwise(KernelContext kernel) => new(kernel, kernel.Input(1), 0, 1, 5);

    private static long Padding(bool same, long input, long filter, long stride, long dilation)
    {
        checked
        {
            long effective = ((filter - 1) * dilation) + 1;
            long output = same ? (input + stride - 1) / stride : (input + stride - effective) / stride;
            return Math.Max(0, ((output - 1) * stride) + effective - input) / 2;
        }
    }
}
