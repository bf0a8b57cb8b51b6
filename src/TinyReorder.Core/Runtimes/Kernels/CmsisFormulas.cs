using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>
/// What CMSIS-NN's kernels other than convolutions take (micro/kernels/cmsis_nn; parameters <c>dsp</c> and <c>mve</c> tell the cores apart).
/// </summary>
internal static class CmsisFormulas
{
    private const int WordBytes = 4;

    /// <summary>With the DSP extension, a sum for each channel.</summary>
    public static void AveragePool(KernelContext kernel)
    {
        if (kernel.Parameter("dsp") != 0 && kernel.Input(0).Type is (TensorType.Int8 or TensorType.Int16))
            kernel.ScratchUnlessEmpty(checked(WordBytes * KernelContext.Dimension(kernel.Input(0), 3)));
    }

    /// <summary>
    /// A batched output runs as a 1x1 convolution, which wants a multiplier and a shift for each output even where there is one scale; otherwise MVE
    /// sums the rows of the filter, once if filter and bias are constant.
    /// </summary>
    public static void FullyConnected(KernelContext kernel)
    {
        CommonFormulas.ScaleArrays(kernel);
        TfliteTensor filter = kernel.Input(1), output = kernel.Output(0);
        if (kernel.Input(0).Type != TensorType.Int8 || filter.Type == TensorType.Int4)
            return;
        long outputs = KernelContext.Dimension(output, -1);
        if (output.Shape.Count > 2 && KernelContext.Dimension(filter, -1) % 4 == 0)
        {
            if (!CommonFormulas.IsPerChannel(kernel))
                kernel.Scratch(2 * WordBytes * outputs);
        }
        else if (kernel.Parameter("mve") != 0 && outputs > 0)
        {
            bool constant = filter.IsConstant && (kernel.Parameter("biasMayVary") != 0 || kernel.FindInput(2) is not { IsConstant: false });
            if (constant)
                kernel.Keep(WordBytes * outputs);
            else
                kernel.Scratch(WordBytes * outputs);
        }
    }

    /// <summary>
    /// Until 2024: a batched output keeps a multiplier and a shift for each output, otherwise MVE keeps sums of the filter's rows where the library has them
    /// (<c>kernelSums</c>). A filter that is not symmetric, or of 4 bits, leaves both to the reference kernel (<c>symmetricOnly</c>).
    /// </summary>
    public static void FullyConnectedArrays(KernelContext kernel)
    {
        TfliteTensor filter = kernel.Input(1), output = kernel.Output(0);
        if (kernel.Input(0).Type != TensorType.Int8)
            return;
        if (kernel.Parameter("symmetricOnly") != 0 && (filter.ZeroPoint != 0 || filter.Type == TensorType.Int4))
            return;
        long outputs = KernelContext.Dimension(output, -1);
        if (output.Shape.Count > 2 && KernelContext.Dimension(filter, -1) % 4 == 0)
        {
            kernel.Keep(WordBytes * outputs);
            kernel.Keep(WordBytes * outputs);
        }
        else if (kernel.Parameter("kernelSums") != 0 && outputs > 0)
        {
            kernel.Keep(WordBytes * outputs);
        }
    }

    /// <summary>What the reference kernel keeps; on MVE also sums of the columns of an int8 product.</summary>
    public static void BatchMatmul(KernelContext kernel)
    {
        MatmulFormulas.BatchMatmul(kernel);
        if (kernel.Parameter("mve") != 0 && kernel.Input(0).Type == TensorType.Int8)
            kernel.ScratchUnlessEmpty(WordBytes * KernelContext.Dimension(kernel.Output(0), -1));
    }

    /// <summary>On MVE, the sum of each filter's weights.</summary>
    public static void SvdfSums(KernelContext kernel)
    {
        if (kernel.Parameter("mve") != 0 && kernel.Input(0).Type == TensorType.Int8)
            kernel.Keep(WordBytes * KernelContext.Dimension(kernel.Input(1), 0));
    }
}
