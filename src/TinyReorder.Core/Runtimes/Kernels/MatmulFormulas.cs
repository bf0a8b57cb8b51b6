using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>What BATCH_MATMUL keeps (micro/kernels/batch_matmul.cc).</summary>
internal static class MatmulFormulas
{
    private const int AdjustLeftSlot = 0;
    private const int AdjustRightSlot = 1;

    /// <summary>
    /// Quantization figures for integers, a transposed copy of each operand that is not laid out as the kernel reads it, and the output's shape.
    /// </summary>
    public static void BatchMatmul(KernelContext kernel)
    {
        TfliteTensor left = kernel.Input(0), right = kernel.Input(1);
        if (left.Type is TensorType.Int8 or TensorType.Int16)
            kernel.Keep(kernel.Parameter("quantizationBytes"));
        if (kernel.Options.Bool(AdjustLeftSlot))
            TransposedCopy(kernel, left);
        if (!kernel.Options.Bool(AdjustRightSlot))
            TransposedCopy(kernel, right);
        CommonFormulas.OutputShapeCopy(kernel);
    }

    private static void TransposedCopy(KernelContext kernel, TfliteTensor tensor)
    {
        kernel.Keep(kernel.Parameter("tensorBytes"));
        kernel.Keep(CommonFormulas.ArrayBytes(tensor));
        kernel.Keep(tensor.Bytes);
    }
}
