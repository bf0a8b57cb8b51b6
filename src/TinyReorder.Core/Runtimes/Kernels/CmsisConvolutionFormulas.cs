using TinyReorder.Operators;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>
/// Scratch of CMSIS-NN's convolutions (arm_convolve_get_buffer_sizes_s8.c, _s16.c, arm_depthwise_conv_get_buffer_sizes_s8.c, _s4.c). The profile's
/// parameters tell the variants apart: <c>mve</c>, <c>dsp</c>, and how many columns (<c>columns</c>) of elements rounded up to <c>lanes</c> are unrolled.
/// </summary>
internal static class CmsisConvolutionFormulas
{
    /// <summary>Unrolled columns of the input under the filter; none for a 1x1 filter.</summary>
    public static void Convolution(KernelContext kernel)
    {
        TensorType type = kernel.Input(0).Type;
        if (type is not (TensorType.Int8 or TensorType.Int16))
            return;
        WindowShape window = KernelWindows.OfConvolution(kernel);
        long column = checked(window.FilterHeight * window.FilterWidth * window.InputChannels);
        if (type == TensorType.Int16)
            kernel.ScratchUnlessEmpty(Int16(kernel, window, column));
        else
            kernel.ScratchUnlessEmpty(Int8(kernel, window, KernelContext.Dimension(kernel.Input(1), 3), column));
    }

    /// <summary>Where each input channel has one output channel: unrolled or widened input, but none for a padded 3x3 filter outside MVE.</summary>
    public static void Depthwise(KernelContext kernel)
    {
        if (kernel.Input(0).Type != TensorType.Int8)
            return;
        WindowShape window = KernelWindows.OfDepthwise(kernel);
        bool mve = kernel.Parameter("mve") != 0, int4 = kernel.Input(1).Type == TensorType.Int4;
        long taps = checked(window.FilterHeight * window.FilterWidth);
        long convolvedAbove = kernel.Parameter("convolvedAbove");
        if (mve && !int4 && convolvedAbove > 0 && window.InputChannels == 1 && window.OutputChannels > convolvedAbove)
        {
            kernel.ScratchUnlessEmpty(checked(Convolved(kernel, window, taps) + (taps * window.OutputChannels)));
            return;
        }
        if (window.InputChannels != window.OutputChannels || KernelContext.Dimension(kernel.Input(0), 0) != 1 || window.IsDilated)
            return;
        bool direct = !mve && !int4 && kernel.Parameter("unrolls3x3") == 0 && window is { FilterHeight: 3, FilterWidth: 3, PadTop: <= 1, PadLeft: <= 1 };
        if (direct)
            return;
        mve = mve && !(int4 && kernel.Parameter("widensInt4") != 0);
        long channels = mve && kernel.Parameter("channelBlock") is > 0 and var block ? block : window.InputChannels;
        // The 4-bit kernel asks for the widened input on cores without DSP extension too.
        long elementBytes = mve ? 4 : kernel.Parameter("dsp") != 0 || int4 ? 2 : 0;
        kernel.ScratchUnlessEmpty(checked((elementBytes * channels * taps) + kernel.Parameter("marginBytes")));
    }

    /// <summary>The unrolled columns of an int8 convolution.</summary>
    public static long ColumnBytes(KernelContext kernel, long column) =>
        checked(kernel.Parameter("columnBytes") * Rounding.Up(column, Math.Max(1, kernel.Parameter("lanes"))));

    /// <summary>Until 2024 only short columns without dilation are unrolled, the others multiplied where they lie (<c>int16Below</c>).</summary>
    private static long Int16(KernelContext kernel, WindowShape window, long column)
    {
        if (kernel.Parameter("int16Below") is > 0 and var below && (column >= below || window.IsDilated))
            return 0;
        return checked(kernel.Parameter("int16ColumnBytes") * Rounding.Up(column, Math.Max(1, kernel.Parameter("int16Lanes"))));
    }

    private static long Int8(KernelContext kernel, WindowShape window, long filterChannels, long column)
    {
        bool ungrouped = window.InputChannels == filterChannels || kernel.Parameter("anyGroups") != 0;
        if (window is { FilterHeight: 1, FilterWidth: 1, PadTop: 0, PadLeft: 0, IsDilated: false } && ungrouped && IsMatrix(kernel, window))
            return 0;
        bool isRow = kernel.Parameter("mve") != 0 && window is { InputHeight: 1, FilterHeight: 1, DilationWidth: 1 } && ungrouped;
        if (kernel.Parameter("rowOutputs") is > 0 and var outputs)
            return isRow && window.OutputWidth % outputs == 0 && IsWholeRow(kernel, window) ? 0 : ColumnBytes(kernel, column);
        if (!isRow || window.StrideWidth * window.InputChannels % 4 != 0)
            return ColumnBytes(kernel, column);
        return kernel.Parameter("rowInPlace") != 0 ? 0 : Row(kernel, window, column);
    }

    /// <summary>Where a 1x1 filter multiplies the input as it lies: until 2023 with strides of 1 only, in 2021 of whole words of channels.</summary>
    private static bool IsMatrix(KernelContext kernel, WindowShape window) =>
        (kernel.Parameter("unitStride") == 0 || window is { StrideHeight: 1, StrideWidth: 1 })
        && (kernel.Parameter("channelsOf") is not (> 0 and var multiple) || window.InputChannels % multiple == 0);

    /// <summary>In 2021 a row was one of a single image, without dilation and with one row of output.</summary>
    private static bool IsWholeRow(KernelContext kernel, WindowShape window) =>
        kernel.Parameter("singleRow") == 0 || (!window.IsDilated && window.OutputHeight == 1 && KernelContext.Dimension(kernel.Input(0), 0) == 1);

    /// <summary>MVE's convolution of one row pads it in the buffer.</summary>
    private static long Row(KernelContext kernel, WindowShape window, long column)
    {
        checked
        {
            long uneven = (((window.OutputWidth - 1) * window.StrideWidth) + window.FilterWidth - window.InputWidth) % 2;
            long right = PaddedOutputs(window.PadLeft + uneven, window.StrideWidth);
            long left = PaddedOutputs(window.PadLeft, window.StrideWidth);
            if (Math.Max(window.OutputWidth - right - left, 0) + right + left != window.OutputWidth)
                return ColumnBytes(kernel, column);
            long leftPadding = window.PadLeft * window.InputChannels;
            long rightPadding = uneven != 0 ? right * window.InputChannels : leftPadding;
            long row = window.FilterWidth * window.InputChannels;
            return Math.Max(row + leftPadding, row - window.InputChannels + rightPadding);
        }
    }

    private static long PaddedOutputs(long padding, long stride) => padding == 0 ? 0 : Math.Max(1, (padding + stride - 1) / stride);

    /// <summary>
    /// A single input channel is convolved as an ordinary filter. TFLM leaves the stride unset when it asks, and only the form for one row looks at it:
    /// there the larger of both answers is taken.
    /// </summary>
    private static long Convolved(KernelContext kernel, WindowShape window, long taps)
    {
        if (window is { FilterHeight: 1, FilterWidth: 1, PadTop: 0, PadLeft: 0, IsDilated: false })
            return 0;
        if (window is not { InputHeight: 1, FilterHeight: 1, DilationWidth: 1 })
            return ColumnBytes(kernel, taps);
        kernel.Inexact("needs scratch that depends on a stride which TFLM leaves unset");
        return Math.Max(ColumnBytes(kernel, taps), Row(kernel, window, taps));
    }
}
