using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>Scratch of reductions (micro/kernels/reduce_common.cc).</summary>
internal static class ReduceFormulas
{
    private const int IndexBytes = 4;

    /// <summary>
    /// Sums have an accumulator for each output element where they add integers; all have a counter for each dimension and each axis, but until 2026 not
    /// the sums (<c>accumulatorOnly</c>).
    /// </summary>
    public static void Reduce(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(0), axes = kernel.Input(1);
        if (kernel.Parameter("accumulates") != 0 && input.Type is (TensorType.Int8 or TensorType.Int16))
            kernel.Scratch(checked(IndexBytes * kernel.Output(0).ElementCount));
        if (kernel.Parameter("accumulatorOnly") != 0)
            return;
        kernel.Scratch(IndexBytes * (long)input.Shape.Count);
        kernel.Scratch(checked(IndexBytes * axes.ElementCount));
    }
}
