using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>What many kernels of every library take.</summary>
internal static class CommonFormulas
{
    private const int ArrayElementBytes = 4;

    /// <summary>A fixed number of bytes; only for an int8 first output where the profile says so (ADD_N, CUMSUM, LOG_SOFTMAX).</summary>
    public static void Keep(KernelContext kernel)
    {
        if (kernel.Parameter("int8Only") == 0 || kernel.Output(0).Type == TensorType.Int8)
            kernel.Keep(kernel.Parameter("bytes"));
    }

    /// <summary>The output's shape laid anew, to be written to: its length and its dimensions (kernels/kernel_util.cc).</summary>
    public static void OutputShapeCopy(KernelContext kernel) => kernel.Keep(ArrayBytes(kernel.Output(0)));

    /// <summary>The bytes of a tensor's shape: its length and its dimensions.</summary>
    public static long ArrayBytes(TfliteTensor tensor) => ArrayElementBytes * (1L + tensor.Shape.Count);

    /// <summary>A multiplier and a shift for each output channel of a filter; some kernels only keep them for integers.</summary>
    public static void ChannelArrays(KernelContext kernel)
    {
        TensorType type = kernel.Input((int)kernel.Parameter("input")).Type;
        if (kernel.Parameter("quantizedOnly") != 0 && type is not (TensorType.Int8 or TensorType.Int16))
            return;
        long channels = KernelContext.Dimension(kernel.Input(1), (int)kernel.Parameter("dimension"));
        kernel.Keep(ArrayElementBytes * channels);
        kernel.Keep(ArrayElementBytes * channels);
    }

    /// <summary>A multiplier and a shift for each scale of a filter that has more than one (FULLY_CONNECTED).</summary>
    public static void ScaleArrays(KernelContext kernel)
    {
        if (!IsPerChannel(kernel))
            return;
        long scales = KernelContext.AffineScales(kernel.Input(1));
        kernel.Keep(ArrayElementBytes * scales);
        kernel.Keep(ArrayElementBytes * scales);
    }

    /// <summary>Whether a quantized FULLY_CONNECTED has a scale for each output.</summary>
    public static bool IsPerChannel(KernelContext kernel) =>
        kernel.Input(0).Type != TensorType.Float32 && KernelContext.AffineScales(kernel.Input(1)) > 1;

    /// <summary>A 4-bit filter is unpacked before use: a byte an element.</summary>
    public static void Int4Filter(KernelContext kernel)
    {
        // Kernels refuse 4-bit filters with float inputs when they run, so no memory for unpacking can make such a model work.
        if (kernel.Input(1).Type == TensorType.Int4 && kernel.Input(0).Type != TensorType.Float32)
            kernel.Scratch(kernel.Input(1).ElementCount);
    }

    /// <summary>Two lookup tables that an int16 SOFTMAX keeps.</summary>
    public static void Int16Tables(KernelContext kernel)
    {
        if (kernel.Input(0).Type != TensorType.Int16)
            return;
        kernel.Keep(kernel.Parameter("bytes"));
        kernel.Keep(kernel.Parameter("bytes"));
    }

    /// <summary>Two arrays with an entry for each dimension of the input (MIRROR_PAD).</summary>
    public static void RankIndices(KernelContext kernel)
    {
        kernel.Scratch(ArrayElementBytes * (long)kernel.Input(0).Shape.Count);
        kernel.Scratch(ArrayElementBytes * (long)kernel.Input(0).Shape.Count);
    }

    /// <summary>A scale and a zero point for each input of an int8 operator (CONCATENATION until 2024).</summary>
    public static void InputScales(KernelContext kernel)
    {
        if (kernel.Output(0).Type != TensorType.Int8)
            return;
        kernel.Keep(ArrayElementBytes * (long)kernel.Operator.Inputs.Count);
        kernel.Keep(ArrayElementBytes * (long)kernel.Operator.Inputs.Count);
    }

    /// <summary>A pointer for each input (ADD_N).</summary>
    public static void InputPointers(KernelContext kernel) => kernel.Scratch(ArrayElementBytes * (long)kernel.Operator.Inputs.Count);
}
