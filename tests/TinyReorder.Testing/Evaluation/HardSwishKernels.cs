using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>HARD_SWISH, x * min(6, max(0, x + 3)) / 6: element by element, for int8 in numbers of 16 bits (reference/hard_swish.h).</summary>
internal static class HardSwishKernels
{
    private const int FinerBits = 7;

    public static void HardSwish(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        switch (input.Type)
        {
            case TensorType.Int8:
                Quantized(input, output);
                break;
            case TensorType.Float32:
                ActivationKernels.Each<float>(input, output, x => x * Math.Min(6f, Math.Max(0f, x + 3)) / 6);
                break;
            default:
                throw call.Unsupported();
        }
    }

    private static void Quantized(TensorView input, TensorView output)
    {
        float fine = 1f / 128 * input.Scale;
        FixedMultiplier ofOutput = FixedMultiplier.Of(fine / output.Scale), ofGate = FixedMultiplier.Of(fine / (3f / 32768));
        short outputFraction = Short(ofOutput.Fraction), gateFraction = Short(ofGate.Fraction);
        ActivationKernels.Each<sbyte>(input, output, element =>
        {
            short value = unchecked((short)((element - input.ZeroPoint) << FinerBits));
            short scaled = FixedMath.HighMultiply(value, outputFraction);
            // The gate goes from -1 at x = -3 to 1 at x = 3, and saturates there.
            short gate = ofGate.Shift > 0 ? Shifted(value, ofGate.Shift - 1) : value;
            gate = FixedMath.HighMultiply(gate, gateFraction);
            gate = ofGate.Shift > 0 ? Shifted(gate, 1) : (short)FixedMath.DivideByPowerOfTwo(gate, -ofGate.Shift);
            gate = (short)((gate + 32768) >> 1);
            // This product is rounded towards zero.
            short product = gate == scaled && gate == short.MinValue ? short.MaxValue : (short)(gate * scaled / 32768);
            int result = FixedMath.DivideByPowerOfTwo(product, -ofOutput.Shift) + output.ZeroPoint;
            return (sbyte)Math.Max(Math.Min(result, sbyte.MaxValue), sbyte.MinValue);
        });
    }

    /// <summary>The upper half of a fraction, rounded, and the largest number where it does not fit (common.h, DownScaleInt32ToInt16Multiplier).</summary>
    private static short Short(int fraction) => fraction >= int.MaxValue - (1 << 15) ? short.MaxValue : (short)((fraction + (1 << 15)) >> 16);

    private static short Shifted(short value, int bits) => (short)Math.Max(Math.Min((long)value << bits, short.MaxValue), short.MinValue);
}
