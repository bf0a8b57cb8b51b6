using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>CONV_2D and DEPTHWISE_CONV_2D: one element of the output after the other, each reading its whole window.</summary>
internal static class ConvolutionKernels
{
    private const int ConvolutionDilation = 4, ConvolutionFused = 3, ConvolutionBiasType = 6;
    private const int DepthwiseDilation = 5, DepthwiseFused = 4;

    /// <summary>The sum of the products under the window.</summary>
    private delegate TSum Products<TSum>(int batch, int row, int column, int channel);

    public static void Convolution(OperatorCall call)
    {
        TensorView input = call.Input(0), filter = call.Input(1), output = call.Output();
        SlidingWindow window = SlidingWindow.Of(call, input, (filter.Size(1), filter.Size(2)), ConvolutionDilation);
        int fused = call.Options.Byte(ConvolutionFused);
        switch (input.Type, filter.Type)
        {
            case (TensorType.Int8, TensorType.Int8):
                Quantized<sbyte>(output, Scaling(false), (b, y, x, c) => Sum<sbyte>(input, filter, window, -input.ZeroPoint, b, y, x, c));
                break;
            case (TensorType.Int16, TensorType.Int8):
                bool isWide = ChannelScaling.IsWide(call, 2, ConvolutionBiasType);
                Quantized<short>(output, Scaling(isWide), (b, y, x, c) => Sum<short>(input, filter, window, 0, b, y, x, c));
                break;
            case (TensorType.Float32, TensorType.Float32):
                Single(call, output, fused, (b, y, x, c) => SingleSum(input, filter, window, b, y, x, c));
                break;
            default:
                throw call.Unsupported();
        }

        ChannelScaling Scaling(bool wide) =>
            new(ChannelScaling.BiasOf(call, 2), ChannelScaling.FactorsOf(input, filter, output), output, fused, wide);
    }

    public static void Depthwise(OperatorCall call)
    {
        TensorView input = call.Input(0), filter = call.Input(1), output = call.Output();
        SlidingWindow window = SlidingWindow.Of(call, input, (filter.Size(1), filter.Size(2)), DepthwiseDilation);
        int fused = call.Options.Byte(DepthwiseFused);
        switch (input.Type, filter.Type)
        {
            case (TensorType.Int8, TensorType.Int8):
                Quantized<sbyte>(output, Scaling(false), (b, y, x, c) => DepthwiseSum<sbyte>(input, filter, window, -input.ZeroPoint, b, y, x, c));
                break;
            case (TensorType.Int16, TensorType.Int8):
                Quantized<short>(output, Scaling(true), (b, y, x, c) => DepthwiseSum<short>(input, filter, window, 0, b, y, x, c));
                break;
            case (TensorType.Float32, TensorType.Float32):
                Single(call, output, fused, (b, y, x, c) => SingleDepthwiseSum(input, filter, window, b, y, x, c));
                break;
            default:
                throw call.Unsupported();
        }

        ChannelScaling Scaling(bool isWide) =>
            new(ChannelScaling.BiasOf(call, 2), ChannelScaling.FactorsOf(input, filter, output), output, fused, isWide);
    }

    private static void Quantized<T>(TensorView output, ChannelScaling scaling, Products<long> products) where T : unmanaged, IBinaryInteger<T>
    {
        Span<T> values = output.Values<T>();
        int next = 0;
        for (int batch = 0; batch < output.Size(0); batch++)
        {
            for (int row = 0; row < output.Size(1); row++)
            {
                for (int column = 0; column < output.Size(2); column++)
                {
                    for (int channel = 0; channel < output.Size(3); channel++)
                        values[next++] = T.CreateTruncating(scaling.Apply(products(batch, row, column, channel), channel));
                }
            }
        }
    }

    private static void Single(OperatorCall call, TensorView output, int fused, Products<float> products)
    {
        Span<float> values = output.Values<float>();
        (float, float) range = FusedRange.Single(fused);
        int next = 0;
        for (int batch = 0; batch < output.Size(0); batch++)
        {
            for (int row = 0; row < output.Size(1); row++)
            {
                for (int column = 0; column < output.Size(2); column++)
                {
                    for (int channel = 0; channel < output.Size(3); channel++)
                    {
                        float bias = call.HasInput(2) ? call.Input(2).Values<float>()[channel] : 0;
                        values[next++] = FusedRange.Clamp(products(batch, row, column, channel) + bias, range);
                    }
                }
            }
        }
    }

    private static long Sum<T>(TensorView input, TensorView filter, SlidingWindow window, int offset, int batch, int row, int column, int channel)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> image = input.Values<T>();
        ReadOnlySpan<sbyte> weights = filter.Values<sbyte>();
        int height = input.Size(1), width = input.Size(2), depth = input.Size(3), taken = filter.Size(3);
        int first = channel / (filter.Size(0) / (depth / taken)) * taken;
        long sum = 0;
        for (int down = 0; down < window.Height; down++)
        {
            int y = window.Row(row, down);
            for (int right = 0; right < window.Width; right++)
            {
                int x = window.Column(column, right);
                if (y < 0 || y >= height || x < 0 || x >= width)
                    continue;
                ReadOnlySpan<T> pixel = image.Slice((((((batch * height) + y) * width) + x) * depth) + first, taken);
                ReadOnlySpan<sbyte> factors = weights.Slice(((((channel * window.Height) + down) * window.Width) + right) * taken, taken);
                for (int i = 0; i < taken; i++)
                    sum += factors[i] * (int.CreateTruncating(pixel[i]) + offset);
            }
        }
        return sum;
    }

    private static float SingleSum(TensorView input, TensorView filter, SlidingWindow window, int batch, int row, int column, int channel)
    {
        ReadOnlySpan<float> image = input.Values<float>(), weights = filter.Values<float>();
        int height = input.Size(1), width = input.Size(2), depth = input.Size(3), taken = filter.Size(3);
        int first = channel / (filter.Size(0) / (depth / taken)) * taken;
        float sum = 0;
        for (int down = 0; down < window.Height; down++)
        {
            int y = window.Row(row, down);
            for (int right = 0; right < window.Width; right++)
            {
                int x = window.Column(column, right);
                if (y < 0 || y >= height || x < 0 || x >= width)
                    continue;
                ReadOnlySpan<float> pixel = image.Slice((((((batch * height) + y) * width) + x) * depth) + first, taken);
                ReadOnlySpan<float> factors = weights.Slice(((((channel * window.Height) + down) * window.Width) + right) * taken, taken);
                for (int i = 0; i < taken; i++)
                    sum += pixel[i] * factors[i];
            }
        }
        return sum;
    }

    private static long DepthwiseSum<T>(TensorView input, TensorView filter, SlidingWindow window, int offset, int batch, int row, int column, int channel)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> image = input.Values<T>();
        ReadOnlySpan<sbyte> weights = filter.Values<sbyte>();
        int height = input.Size(1), width = input.Size(2), depth = input.Size(3), outputs = filter.Size(3), source = channel / (outputs / depth);
        long sum = 0;
        for (int down = 0; down < window.Height; down++)
        {
            int y = window.Row(row, down);
            for (int right = 0; right < window.Width; right++)
            {
                int x = window.Column(column, right);
                if (y >= 0 && y < height && x >= 0 && x < width)
                {
                    sum += weights[(((down * window.Width) + right) * outputs) + channel]
                        * (int.CreateTruncating(image[(((((batch * height) + y) * width) + x) * depth) + source]) + offset);
                }
            }
        }
        return sum;
    }

    private static float SingleDepthwiseSum(TensorView input, TensorView filter, SlidingWindow window, int batch, int row, int column, int channel)
    {
        ReadOnlySpan<float> image = input.Values<float>(), weights = filter.Values<float>();
        int height = input.Size(1), width = input.Size(2), depth = input.Size(3), outputs = filter.Size(3), source = channel / (outputs / depth);
        float sum = 0;
        for (int down = 0; down < window.Height; down++)
        {
            int y = window.Row(row, down);
            for (int right = 0; right < window.Width; right++)
            {
                int x = window.Column(column, right);
                if (y >= 0 && y < height && x >= 0 && x < width)
                {
                    sum += image[(((((batch * height) + y) * width) + x) * depth) + source]
                        * weights[(((down * window.Width) + right) * outputs) + channel];
                }
            }
        }
        return sum;
    }
}
