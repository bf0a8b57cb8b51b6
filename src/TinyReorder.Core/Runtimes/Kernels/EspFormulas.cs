using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>What ESP-NN's kernels of every chip take (esp-tflite-micro, kernels/esp_nn).</summary>
internal static class EspFormulas
{
    private const int WordBytes = 4;

    /// <summary>A word for each element along the second dimension of an int8 SOFTMAX.</summary>
    public static void Softmax(KernelContext kernel)
    {
        if (kernel.Input(0).Type == TensorType.Int8 && kernel.Output(0).Type == TensorType.Int8)
            kernel.ScratchUnlessEmpty(checked(WordBytes * KernelContext.Dimension(kernel.Input(0), 1)));
    }
}
