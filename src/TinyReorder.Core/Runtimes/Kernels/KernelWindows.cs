using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>The windows that kernels compute their scratch from, options and shapes taken as the file has them.</summary>
internal static class KernelWindows
{
    private const int PaddingSame = 0;

    /// <summary>Conv2DOptions: padding, stride_w, stride_h, activation, dilation_w_factor, dilation_h_factor.</summary>
    public static WindowShape OfConvolution(KernelContext kernel) => Of(kernel, dilationSlot: 4);

    /// <summary>DepthwiseConv2DOptions: padding, stride_w, stride_h, depth_multiplier, activation, dilation_w_factor, dilation_h_factor.</summary>
    public static WindowShape OfDepthwise(KernelContext kernel) => Of(kernel, dilationSlot: 5);

    private static WindowShape Of(KernelContext kernel, int dilationSlot)
    {
        TfliteTensor filter = kernel.Input(1), input = kernel.Input(0), output = kernel.Output(0);
        DemandRank(input, 4);
        DemandRank(output, 4);
        DemandRank(filter, 3);
        (int Height, int Width) stride = (kernel.Options.Int32(2), kernel.Options.Int32(1));
        (int Height, int Width) dilation = (kernel.Options.Int32(dilationSlot + 1, 1), kernel.Options.Int32(dilationSlot, 1));
        if (stride.Width < 1 || stride.Height < 1 || dilation.Width < 1 || dilation.Height < 1)
            throw new KernelMismatchException("has a stride or dilation below 1");
        return WindowShape.AsWritten(input, output, (filter.Shape[1], filter.Shape[2]), stride, dilation, kernel.Options.Byte(0) == PaddingSame);
    }

    private static void DemandRank(TfliteTensor tensor, int rank)
    {
        if (tensor.Shape.Count < rank)
            KernelContext.Dimension(tensor, Math.Max(1, tensor.Shape.Count));
    }
}
