using TinyReorder.Operators;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>
/// Scratch of ESP-NN's convolutions on the ESP32-S3 (esp_nn_conv_esp32s3.c, esp_nn_depthwise_conv_s8_esp32s3.c): copies of input and filter with
/// channels padded to whole vectors.
/// </summary>
internal static class EspS3Formulas
{
    private const int Vector = 16;
    private const int HalfVector = 8;
    private const int WordBytes = 4;
    private const int ChannelMultiplierSlot = 3;

    public static void Convolution(KernelContext kernel)
    {
        if (kernel.Input(0).Type != TensorType.Int8)
            return;
        checked
        {
            WindowShape window = KernelWindows.OfConvolution(kernel);
            bool pointwise = window is { FilterHeight: 1, FilterWidth: 1, PadTop: 0, PadLeft: 0, StrideHeight: 1, StrideWidth: 1 };
            long bytes = pointwise ? Pointwise(window)
                : kernel.Parameter("plain") != 0 ? PaddedOnce(window)
                : window.FilterWidth * window.InputChannels < Vector && Taps(window) * window.InputChannels >= Vector ? Unrolled(window)
                : Padded(window);
            kernel.Scratch(bytes + kernel.Parameter("marginBytes"));
        }
    }

    public static void Depthwise(KernelContext kernel)
    {
        if (kernel.Input(0).Type != TensorType.Int8)
            return;
        WindowShape window = KernelWindows.OfDepthwise(kernel);
        kernel.Scratch(checked(DepthwiseBytes(kernel, window, kernel.Options.Int32(ChannelMultiplierSlot))));
    }

    private static long Taps(WindowShape window) => checked(window.FilterHeight * window.FilterWidth);

    private static long Pixels(WindowShape window) => checked(window.InputHeight * window.InputWidth);

    private static long Pointwise(WindowShape window)
    {
        checked
        {
            long channels = Rounding.Up(window.InputChannels, HalfVector);
            long input = window.InputChannels % HalfVector == 0 ? 0 : Pixels(window) * channels;
            long transposed = Pixels(window) < HalfVector ? 0 : 2 * HalfVector * channels;
            return input + (channels * window.OutputChannels) + transposed;
        }
    }

    /// <summary>Sums and an aligned copy of the filter, and one column of the input under it.</summary>
    private static long Unrolled(WindowShape window)
    {
        checked
        {
            long column = Rounding.Up(Taps(window) * window.InputChannels, Vector);
            return (window.OutputChannels * (WordBytes + column)) + column + (2 * Vector);
        }
    }

    /// <summary>The padded input, the filter with channels padded to whole vectors, and sums: all that releases before 1.2.1 ask for.</summary>
    private static long PaddedOnce(WindowShape window)
    {
        checked
        {
            long input = window is { PadTop: 0, PadLeft: 0 }
                ? 0
                : (window.InputWidth + (2 * window.PadLeft)) * (window.InputHeight + (2 * window.PadTop)) * window.InputChannels;
            long filter = Taps(window) * Rounding.Up(window.InputChannels, Vector) * window.OutputChannels;
            return input + filter + (WordBytes * window.OutputChannels);
        }
    }

    /// <summary>What <see cref="PaddedOnce"/> counts, an aligned copy of the filter, and the input with what the last windows reach beyond it.</summary>
    private static long Padded(WindowShape window)
    {
        checked
        {
            long alignedFilter = Rounding.Up(window.FilterWidth * window.InputChannels, Vector) * window.FilterHeight * window.OutputChannels;
            long right = Math.Max(0, BeyondRight(window)), below = Math.Max(0, BeyondBottom(window));
            long edges = right > 0 || below > 0 ? (window.InputWidth + right) * (window.InputHeight + below) * window.InputChannels : 0;
            return PaddedOnce(window) + alignedFilter + edges;
        }
    }

    private static long BeyondRight(WindowShape window) =>
        checked((window.OutputWidth * window.StrideWidth) + window.FilterWidth - 1 - window.InputWidth);

    private static long BeyondBottom(WindowShape window) =>
        checked((window.OutputHeight * window.StrideHeight) + window.FilterHeight - 1 - window.InputHeight);

    private static long DepthwiseBytes(KernelContext kernel, WindowShape window, long multiplier)
    {
        checked
        {
            long channels = window.InputChannels;
            bool is3x3 = window is { FilterHeight: 3, FilterWidth: 3 };
            long filter = Taps(window) * channels * multiplier, input = Pixels(window) * channels;
            bool other = kernel.Parameter("only3x3") == 0;
            long paddedFrom = kernel.Parameter("paddedFrom");
            return multiplier switch
            {
                1 when channels % HalfVector == 0 && is3x3 && channels % Vector == 0 => Whole3x3(kernel, window, filter),
                1 when channels % HalfVector == 0 && is3x3 && paddedFrom > 0 && channels >= paddedFrom => Widened3x3(window),
                1 when channels % HalfVector == 0 && is3x3 => (2 * (filter + input)) + kernel.Parameter("wideMarginBytes"),
                1 when other && channels % HalfVector == 0 => Wide(kernel, window, filter, input),
                1 when other && channels > 3 => Odd(window),
                _ when multiplier % 4 == 0 => (2 * (filter + input)) + kernel.Parameter("wideMarginBytes"),
                _ => 2 * Vector,
            };
        }
    }

    /// <summary>3x3 on whole vectors of channels: the padded input, or a strip of rows where that is large.</summary>
    private static long Whole3x3(KernelContext kernel, WindowShape window, long filter)
    {
        checked
        {
            bool padded = window is not { PadTop: 0, PadLeft: 0 };
            long extraWidth = padded ? 2 * window.PadLeft : BeyondRight(window);
            long extraHeight = padded ? 2 * window.PadTop : BeyondBottom(window);
            if (extraWidth == 0 && extraHeight == 0)
                return filter + Vector;
            long row = (window.InputWidth + extraWidth) * window.InputChannels;
            long full = (window.InputHeight + extraHeight) * row;
            bool tiled = kernel.Parameter("tiledAbove") is > 0 and var above && full > above;
            return filter + (tiled ? window.FilterHeight * row : full) + Vector;
        }
    }

    /// <summary>3x3 on channels that are padded to whole vectors: filter, input and output in the padded form.</summary>
    private static long Widened3x3(WindowShape window)
    {
        checked
        {
            long channels = Rounding.Up(window.InputChannels, Vector);
            long width = window.InputWidth + (2 * window.PadLeft) + Math.Max(0, BeyondRight(window));
            long height = window.InputHeight + (2 * window.PadTop) + Math.Max(0, BeyondBottom(window));
            return (channels * ((3 * 3) + (width * height) + (window.OutputWidth * window.OutputHeight))) + (4 * Vector);
        }
    }

    /// <summary>Filter and input as 16 bits, or only as many rows as the filter has where that is large.</summary>
    private static long Wide(KernelContext kernel, WindowShape window, long filter, long input)
    {
        checked
        {
            long full = 2 * (filter + input);
            long tile = (2 * filter) + (2 * window.InputWidth * window.FilterHeight * window.InputChannels);
            return (full <= kernel.Parameter("wideTiledAbove") ? full : tile) + kernel.Parameter("wideMarginBytes");
        }
    }

    /// <summary>Channels padded to half a vector: filter and input as 16 bits, the output, and bias, shift and multiplier for each channel.</summary>
    private static long Odd(WindowShape window)
    {
        checked
        {
            long channels = Rounding.Up(window.InputChannels, HalfVector);
            long input = Rounding.Up(2 * Taps(window) * channels, Vector);
            long output = Rounding.Up(input + (2 * Pixels(window) * channels), Vector);
            long bias = Rounding.Up(output + (window.OutputHeight * window.OutputWidth * channels), Vector);
            return bias + (3 * WordBytes * channels) + Vector;
        }
    }
}
