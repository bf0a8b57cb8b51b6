using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// TRANSPOSE_CONV: each element of the input is added to what lies under its window. Integer kernels do so beside the arena and write the output at the end;
/// the float kernel does it in the output itself.
/// </summary>
internal static class TransposeConvKernels
{
    private const int Filter = 1, Image = 2, Bias = 3, Fused = 3;

    public static void TransposeConv(OperatorCall call)
    {
        TensorView input = call.Input(Image), filter = call.Input(Filter), output = call.Output();
        switch (input.Type, filter.Type)
        {
            case (TensorType.Int8, TensorType.Int8):
                Quantized<sbyte>(call, -input.ZeroPoint);
                break;
            case (TensorType.Int16, TensorType.Int8):
                Quantized<short>(call, 0);
                break;
            case (TensorType.Float32, TensorType.Float32):
                Single(call);
                break;
            default:
                throw call.Unsupported();
        }
    }

    private static void Quantized<T>(OperatorCall call, int offset) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(Image), filter = call.Input(Filter), output = call.Output();
        long[] sums = new long[output.Count];
        Scatter(call, (from, weight, to) =>
            sums[to] += (int.CreateTruncating(input.Values<T>()[from]) + offset) * filter.Values<sbyte>()[weight]);
        // The sums of 16-bit activations are 64 bits wide whatever the bias is.
        var scaling = new ChannelScaling(
            ChannelScaling.BiasOf(call, Bias),
            ChannelScaling.FactorsOf(input, filter, output),
            output,
            call.Options.Byte(Fused),
            input.Type == TensorType.Int16);
        Span<T> values = output.Values<T>();
        for (int i = 0; i < sums.Length; i++)
            values[i] = T.CreateTruncating(scaling.Apply(sums[i], i % output.Size(3)));
    }

    private static void Single(OperatorCall call)
    {
        TensorView input = call.Input(Image), filter = call.Input(Filter), output = call.Output();
        Span<float> values = output.Values<float>();
        values.Clear();
        Scatter(call, (from, weight, to) => output.Values<float>()[to] += input.Values<float>()[from] * filter.Values<float>()[weight]);
        for (int i = 0; i < values.Length; i++)
        {
            float bias = call.HasInput(Bias) ? call.Input(Bias).Values<float>()[i % output.Size(3)] : 0;
            values[i] = FusedRange.Clamp(values[i] + bias, FusedRange.Single(call.Options.Byte(Fused)));
        }
    }

    /// <summary>Calls with each element of the input, each weight that meets it, and the element of the output that they belong to.</summary>
    private static void Scatter(OperatorCall call, Action<int, int, int> add)
    {
        TensorView input = call.Input(Image), filter = call.Input(Filter), output = call.Output();
        SlidingWindow window = SlidingWindow.Of(call, output, (filter.Size(1), filter.Size(2)));
        int from = 0;
        for (int batch = 0; batch < input.Size(0); batch++)
        {
            for (int row = 0; row < input.Size(1); row++)
            {
                for (int column = 0; column < input.Size(2); column++)
                {
                    for (int channel = 0; channel < input.Size(3); channel++, from++)
                    {
                        for (int tap = 0; tap < window.Height * window.Width; tap++)
                        {
                            int y = window.Row(row, tap / window.Width), x = window.Column(column, tap % window.Width);
                            if (y < 0 || y >= output.Size(1) || x < 0 || x >= output.Size(2))
                                continue;
                            for (int made = 0; made < output.Size(3); made++)
                            {
                                add(
                                    from,
                                    (((made * window.Height * window.Width) + tap) * input.Size(3)) + channel,
                                    (((((batch * output.Size(1)) + y) * output.Size(2)) + x) * output.Size(3)) + made);
                            }
                        }
                    }
                }
            }
        }
    }
}
