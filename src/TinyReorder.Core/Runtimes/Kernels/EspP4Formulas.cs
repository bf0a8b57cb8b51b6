using TinyReorder.Operators;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>Scratch of ESP-NN's convolution on the ESP32-P4 (esp_nn_conv_esp32p4.c).</summary>
internal static class EspP4Formulas
{
    private const int Vector = 16;
    private const int HalfVector = 8;
    private const int WordBytes = 4;

    public static void Convolution(KernelContext kernel)
    {
        if (kernel.Input(0).Type != TensorType.Int8)
            return;
        checked
        {
            WindowShape window = KernelWindows.OfConvolution(kernel);
            bool pointwise = window is { FilterHeight: 1, FilterWidth: 1, PadTop: 0, PadLeft: 0, StrideHeight: 1, StrideWidth: 1 };
            long bytes = pointwise ? Pointwise(window) : Windowed(kernel, window) + (WordBytes * window.OutputChannels);
            kernel.Scratch(bytes + kernel.Parameter("marginBytes"));
        }
    }

    private static long Pointwise(WindowShape window)
    {
        checked
        {
            if (window.InputChannels < Vector)
                return (window.OutputChannels * (WordBytes + Vector)) + (2 * Vector);
            long pixels = window.InputHeight * window.InputWidth;
            long channels = Rounding.Up(window.InputChannels, HalfVector);
            long input = window.InputChannels % HalfVector == 0 ? 0 : pixels * channels;
            return input + (channels * window.OutputChannels) + (pixels < HalfVector ? 0 : 2 * HalfVector * channels);
        }
    }

    private static long Windowed(KernelContext kernel, WindowShape window)
    {
        checked
        {
            long taps = window.FilterHeight * window.FilterWidth;
            bool unpadded = window is { PadTop: 0, PadLeft: 0 };
            if (unpadded && window.FilterWidth * window.InputChannels >= Vector)
                return taps * Rounding.Up(window.InputChannels, Vector) * window.OutputChannels;
            if (taps * window.InputChannels >= Vector)
                return taps * window.InputChannels;
            // Fewer than 16 elements under the filter: channels are widened so that a row of the filter fills a vector.
            long channels = Rounding.Up((Vector + window.FilterWidth - 1) / window.FilterWidth, Vector);
            long filter = taps * channels * window.OutputChannels;
            if (unpadded)
                return filter + (window.InputHeight * window.InputWidth * channels);
            long width = window.InputWidth + (2 * window.PadLeft);
            long input = width * (window.InputHeight + (2 * window.PadTop)) * window.InputChannels;
            long sums = WordBytes * window.OutputChannels, budget = kernel.Parameter("cacheBytes");
            return input + sums > budget
                ? filter + Tile(window, width * channels, budget - sums - filter)
                : input + (taps * Rounding.Up(window.InputChannels, Vector) * window.OutputChannels);
        }
    }

    /// <summary>As many input rows as a tile of output rows needs that fits the cache.</summary>
    private static long Tile(WindowShape window, long rowBytes, long budget)
    {
        checked
        {
            long first = window.FilterHeight * rowBytes;
            long rows = budget > 0 && first <= budget ? Math.Min(window.OutputHeight, ((budget - first) / (window.StrideHeight * rowBytes)) + 1) : 1;
            return (((rows - 1) * window.StrideHeight) + window.FilterHeight + (2 * window.PadTop)) * rowBytes;
        }
    }
}
