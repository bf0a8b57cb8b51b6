using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>Scratch of TRANSPOSE_CONV (micro/kernels/transpose_conv.cc; CMSIS-NN arm_transpose_conv_get_buffer_sizes_s8.c).</summary>
internal static class TransposeConvFormulas
{
    private const int FilterInput = 1;
    private const int ValueInput = 2;
    private const int BiasInput = 3;
    private const int StrideWidthSlot = 1;
    private const int StrideHeightSlot = 2;

    /// <summary>An accumulator for each output element: 32 bits for int8, 64 for int16; an int16 bias is widened to 64 bits.</summary>
    public static void Reference(KernelContext kernel)
    {
        TensorType type = kernel.Input(ValueInput).Type;
        if (type == TensorType.Int8)
            kernel.Scratch(checked(4 * kernel.Output(0).ElementCount));
        if (type == TensorType.Int16)
            Int16(kernel);
    }

    /// <summary>
    /// With small strides and many channels the kernel turns the filter round and convolves: the buffer of a convolution, and the turned filter.
    /// Otherwise rows of output accumulators, and a second buffer of no bytes.
    /// </summary>
    public static void Cmsis(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(ValueInput), filter = kernel.Input(FilterInput);
        if (input.Type == TensorType.Int16)
            Int16(kernel);
        if (input.Type != TensorType.Int8)
            return;
        long strideWidth = kernel.Options.Int32(StrideWidthSlot), strideHeight = kernel.Options.Int32(StrideHeightSlot);
        long outputChannels = KernelContext.Dimension(filter, 0);
        long filterHeight = KernelContext.Dimension(filter, 1), filterWidth = KernelContext.Dimension(filter, 2);
        long inputWidth = KernelContext.Dimension(input, 2), inputChannels = KernelContext.Dimension(input, 3);
        checked
        {
            if (strideWidth <= 2 && strideHeight <= 2 && inputChannels > kernel.Parameter("channelsAbove"))
            {
                long column = filterHeight * filterWidth * inputChannels;
                kernel.Scratch(CmsisConvolutionFormulas.ColumnBytes(kernel, column));
                kernel.Scratch(column * outputChannels);
                return;
            }
            // The library takes the height of the stride here, not its width.
            long row = (((inputWidth - 1) * strideWidth) + Math.Max(filterWidth, strideHeight)) * outputChannels;
            kernel.Scratch(4 * row * Math.Max(filterHeight, strideHeight));
            kernel.Scratch(0);
        }
    }

    /// <summary>
    /// CMSIS-NN 5: a product for each tap of the filter and element of the input, and an accumulator for each element of an image of the output.
    /// </summary>
    public static void CmsisProducts(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(ValueInput), filter = kernel.Input(FilterInput), output = kernel.Output(0);
        if (input.Type == TensorType.Int16)
            Int16(kernel);
        if (input.Type != TensorType.Int8)
            return;
        long channels = KernelContext.Dimension(filter, 0);
        checked
        {
            long taps = KernelContext.Dimension(filter, 1) * KernelContext.Dimension(filter, 2);
            kernel.Scratch(4 * taps * KernelContext.Dimension(input, 1) * KernelContext.Dimension(input, 2) * channels);
            kernel.Scratch(4 * KernelContext.Dimension(output, 1) * KernelContext.Dimension(output, 2) * channels);
        }
    }

    private static void Int16(KernelContext kernel)
    {
        kernel.Scratch(checked(8 * kernel.Output(0).ElementCount));
        if (kernel.FindInput(BiasInput) is { Type: TensorType.Int16 } bias)
            kernel.Scratch(checked(8 * bias.ElementCount));
    }
}
