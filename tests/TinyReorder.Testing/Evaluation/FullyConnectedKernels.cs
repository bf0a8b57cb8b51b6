using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>FULLY_CONNECTED: one element of the output after the other, each reading a whole row of the input.</summary>
internal static class FullyConnectedKernels
{
    private const int Fused = 0, BiasType = 4;

    public static void FullyConnected(OperatorCall call)
    {
        TensorView input = call.Input(0), filter = call.Input(1), output = call.Output();
        switch (input.Type, filter.Type)
        {
            case (TensorType.Int8, TensorType.Int8):
                Quantized<sbyte>(call, -input.ZeroPoint, isWide: false);
                break;
            case (TensorType.Int16, TensorType.Int8):
                Quantized<short>(call, 0, ChannelScaling.IsWide(call, 2, BiasType));
                break;
            case (TensorType.Float32, TensorType.Float32):
                Single(call);
                break;
            default:
                throw call.Unsupported();
        }
    }

    private static void Quantized<T>(OperatorCall call, int offset, bool isWide) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(0), filter = call.Input(1), output = call.Output();
        // With one scale for all channels the product of the scales is rounded to a float first.
        FixedMultiplier[] factors = filter.Tensor.Scales.Count > 1
            ? ChannelScaling.FactorsOf(input, filter, output)
            : [FixedMultiplier.Of((double)(input.Scale * filter.Scale) / output.Scale)];
        var scaling = new ChannelScaling(ChannelScaling.BiasOf(call, 2), factors, output, call.Options.Byte(Fused), isWide);
        ReadOnlySpan<T> values = input.Values<T>();
        ReadOnlySpan<sbyte> weights = filter.Values<sbyte>();
        Span<T> results = output.Values<T>();
        int units = output.Size(output.Shape.Count - 1), depth = filter.Size(filter.Shape.Count - 1);
        for (int i = 0; i < results.Length; i++)
        {
            int row = i / units * depth, column = i % units * depth;
            long sum = 0;
            for (int k = 0; k < depth; k++)
                sum += (weights[column + k] - filter.ZeroPoint) * (int.CreateTruncating(values[row + k]) + offset);
            results[i] = T.CreateTruncating(scaling.Apply(sum, i % units));
        }
    }

    private static void Single(OperatorCall call)
    {
        TensorView output = call.Output(), filter = call.Input(1);
        ReadOnlySpan<float> values = call.Input(0).Values<float>(), weights = filter.Values<float>();
        Span<float> results = output.Values<float>();
        int units = output.Size(output.Shape.Count - 1), depth = filter.Size(filter.Shape.Count - 1);
        for (int i = 0; i < results.Length; i++)
        {
            int row = i / units * depth, column = i % units * depth;
            float sum = 0;
            for (int k = 0; k < depth; k++)
                sum += values[row + k] * weights[column + k];
            float bias = call.HasInput(2) ? call.Input(2).Values<float>()[i % units] : 0;
            results[i] = FusedRange.Clamp(sum + bias, FusedRange.Single(call.Options.Byte(Fused)));
        }
    }
}
