using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>RELU, RELU6 and LEAKY_RELU: element by element.</summary>
internal static class ActivationKernels
{
    private const int Alpha = 0;

    public static void Relu(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        switch (input.Type)
        {
            case TensorType.Int8: Scaled<sbyte>(call); break;
            case TensorType.Int16: Scaled<short>(call); break;
            case TensorType.Float32: Each<float>(input, output, value => value < 0 ? 0 : value); break;
            default: throw call.Unsupported();
        }
    }

    public static void Relu6(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        switch (input.Type)
        {
            case TensorType.Int8: Cut<sbyte>(call); break;
            case TensorType.Int16: Cut<short>(call); break;
            case TensorType.Float32: Each<float>(input, output, value => value > 6 ? 6 : value < 0 ? 0 : value); break;
            default: throw call.Unsupported();
        }
    }

    public static void LeakyRelu(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        float alpha = call.Options.Single(Alpha);
        switch (input.Type)
        {
            case TensorType.Int8: Leaky<sbyte>(call, alpha); break;
            case TensorType.Int16: Leaky<short>(call, alpha); break;
            case TensorType.Float32: Each<float>(input, output, value => value > 0 ? value : value * alpha); break;
            default: throw call.Unsupported();
        }
    }

    /// <summary>Writes what <paramref name="result"/> makes of each element.</summary>
    internal static void Each<T>(TensorView input, TensorView output, Func<T, T> result) where T : unmanaged
    {
        for (int i = 0; i < output.Count; i++)
            output.Values<T>()[i] = result(input.Values<T>()[i]);
    }

    /// <summary>RELU may change the quantization.</summary>
    private static void Scaled<T>(OperatorCall call) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(0), output = call.Output();
        FixedMultiplier factor = FixedMultiplier.Of(input.Scale / output.Scale);
        (int, int) range = FusedRange.Quantized(output, (int)Fused.Relu);
        Each<T>(input, output, value =>
            T.CreateTruncating(FusedRange.Clamp(output.ZeroPoint + factor.Apply(int.CreateTruncating(value) - input.ZeroPoint), range)));
    }

    /// <summary>RELU6 keeps it.</summary>
    private static void Cut<T>(OperatorCall call) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(0);
        (int Min, int Max) range = FusedRange.Quantized(input, (int)Fused.Relu6);
        Each<T>(input, call.Output(), value => T.CreateTruncating(FusedRange.Clamp(int.CreateTruncating(value), (input.ZeroPoint, range.Max))));
    }

    private static void Leaky<T>(OperatorCall call, float alpha) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(0), output = call.Output();
        FixedMultiplier ofPositive = FixedMultiplier.Of(input.Scale / output.Scale);
        FixedMultiplier ofNegative = FixedMultiplier.Of(Math.Abs(input.Scale * alpha / output.Scale));
        (int, int) range = FusedRange.LimitsOf(output.Type);
        Each<T>(input, output, element =>
        {
            int value = int.CreateTruncating(element) - input.ZeroPoint;
            int scaled = value >= 0 ? ofPositive.Apply(value) : alpha < 0 ? -ofNegative.Apply(value) : ofNegative.Apply(value);
            return T.CreateTruncating(FusedRange.Clamp(output.ZeroPoint + scaled, range));
        });
    }
}
