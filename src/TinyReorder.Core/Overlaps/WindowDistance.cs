using TinyReorder.Operators;

namespace TinyReorder.Overlaps;

/// <summary>The least distance of a convolution, depthwise convolution or pool.</summary>
internal static class WindowDistance
{
    /// <summary>
    /// By rows, by pixels, by pixels that are written when their whole window has been read, or by the elements of a pixel (rule names of the profiles).
    /// </summary>
    public static long Of(WindowShape window, string rule)
    {
        var grid = new PixelGrid
        {
            Batches = (int)window.Batches,
            FirstRows = FirstTaps(window.OutputHeight, window.StrideHeight, window.PadTop, window.FilterHeight, window.DilationHeight, window.InputHeight),
            FirstColumns = FirstTaps(window.OutputWidth, window.StrideWidth, window.PadLeft, window.FilterWidth, window.DilationWidth, window.InputWidth),
            InputPixelBytes = window.InputPixelBytes,
            InputRowBytes = window.InputRowBytes,
            InputImageBytes = window.InputImageBytes,
            OutputPixelBytes = window.OutputPixelBytes,
        };
        return rule switch
        {
            "row-safe" => grid.RowDistance(),
            "pixel-safe" => grid.PixelDistance(window.OutputPixelBytes),
            "window-safe" => grid.PixelDistance(earlyBytes: -1),
            _ => grid.PixelDistance(EarlyBytes(window)),
        };
    }

    /// <summary>
    /// What of a pixel is written over before its window is read for the last time: all but the last element where every output channel reads every input
    /// channel; where channel c reads channel c alone, the lead that several outputs for each input take.
    /// </summary>
    private static long EarlyBytes(WindowShape window)
    {
        if (window.OutputChannels == 1)
            return -1;
        return window.MixesChannels
            ? window.OutputPixelBytes - window.ElementBytes
            : window.OutputPixelBytes - window.InputPixelBytes;
    }

    /// <summary>For each row or column of the output, the first one of the input under its window.</summary>
    private static long[] FirstTaps(long outputs, long stride, long pad, long taps, long dilation, long inputs)
    {
        long[] firsts = new long[outputs];
        for (int i = 0; i < outputs; i++)
        {
            long start = (i * stride) - pad;
            long tap = start < 0 ? (-start + dilation - 1) / dilation : 0;
            long first = start + (tap * dilation);
            firsts[i] = tap < taps && first < inputs ? first : PixelGrid.Nothing;
        }
        return firsts;
    }
}
