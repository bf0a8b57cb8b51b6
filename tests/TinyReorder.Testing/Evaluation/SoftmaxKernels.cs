using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>SOFTMAX along the last dimension: rows are read for their maximum, for their sum, and for the results (reference/softmax.h).</summary>
internal static class SoftmaxKernels
{
    private const int Beta = 0, DifferenceBits = 5, SumBits = 12;

    public static void Softmax(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        float beta = call.Options.Single(Beta);
        switch (input.Type, output.Type)
        {
            case (TensorType.Int8, TensorType.Int8): EachRow(input, row => ByteRow<sbyte>(input, output, beta, row)); break;
            case (TensorType.Int8, TensorType.Int16): EachRow(input, row => ByteRow<short>(input, output, beta, row)); break;
            case (TensorType.Int16, TensorType.Int16): ShortRows(input, output, beta); break;
            case (TensorType.Float32, TensorType.Float32): EachRow(input, row => SingleRow(input, output, beta, row)); break;
            default: throw call.Unsupported();
        }
    }

    private static void EachRow(TensorView input, Action<Range> evaluate)
    {
        int depth = input.Size(input.Shape.Count - 1);
        for (int start = 0; start < input.Count; start += depth)
            evaluate(start..(start + depth));
    }

    private static void SingleRow(TensorView input, TensorView output, float beta, Range row)
    {
        ReadOnlySpan<float> values = input.Values<float>()[row];
        Span<float> results = output.Values<float>()[row];
        float largest = float.MinValue, sum = 0;
        foreach (float value in values)
            largest = largest < value ? value : largest;
        for (int i = 0; i < values.Length; i++)
        {
            float exp = MathF.Exp((values[i] - largest) * beta);
            results[i] = exp;
            sum += exp;
        }
        for (int i = 0; i < results.Length; i++)
            results[i] /= sum;
    }

    private static void ByteRow<T>(TensorView input, TensorView output, float beta, Range row) where T : unmanaged, IBinaryInteger<T>
    {
        FixedMultiplier factor = FixedMultiplier.Of(Math.Min((double)beta * input.Scale * (1 << (31 - DifferenceBits)), (1L << 31) - 1.0));
        int least = -(int)Math.Floor(Math.ScaleB(((1 << DifferenceBits) - 1) * (double)(1 << (31 - DifferenceBits)), -factor.Shift));
        (int Min, int Max) range = FusedRange.LimitsOf(output.Type);
        ReadOnlySpan<sbyte> values = input.Values<sbyte>()[row];
        Span<T> results = output.Values<T>()[row];
        int largest = sbyte.MinValue, sum = 0;
        foreach (sbyte value in values)
            largest = Math.Max(largest, value);
        foreach (sbyte value in values)
            sum += value - largest < least ? 0 : FixedMath.DivideByPowerOfTwo(Exp(value - largest), SumBits);
        (int fraction, int shift) = FixedMath.Reciprocal(sum, SumBits);
        int exponent = shift + 31 - (8 * output.ElementBytes);
        for (int i = 0; i < results.Length; i++)
        {
            int difference = values[i] - largest;
            results[i] = T.CreateTruncating(difference < least
                ? range.Min
                : FusedRange.Clamp(FixedMath.DivideByPowerOfTwo(FixedMath.HighMultiply(fraction, Exp(difference)), exponent) + range.Min, range));
        }

        int Exp(int difference) => FixedMath.ExpOfNegative(factor.Apply(difference), DifferenceBits);
    }

    private static void ShortRows(TensorView input, TensorView output, float beta)
    {
        const float Span = ushort.MaxValue;
        FixedMultiplier factor = FixedMultiplier.Of((double)input.Scale * beta / (10.0 / 65535.0));
        var exp = new ShortTable(10f / Span, short.MaxValue, 2f / Span, MathF.Exp);
        var inverse = new ShortTable(1f / Span, short.MinValue, 2f / Span, value => 1 / (1 + value));
        EachRow(input, row =>
        {
            ReadOnlySpan<short> values = input.Values<short>()[row];
            Span<short> results = output.Values<short>()[row];
            int largest = short.MinValue, sum = 0;
            foreach (short value in values)
                largest = Math.Max(largest, value);
            for (int i = 0; i < values.Length; i++)
            {
                results[i] = exp[Short(factor.Apply(values[i] - largest) + short.MaxValue)];
                sum += results[i];
            }
            int headroom = BitOperations.LeadingZeroCount((uint)sum), shift = 31 - headroom;
            int rest = (int)((((long)sum << (headroom - 1)) + (1 << 13)) >> 14);
            int scale = inverse[Short(rest - ((1 << 15) + (1 << 16)))];
            for (int i = 0; i < results.Length; i++)
                results[i] = (short)Math.Clamp((((long)results[i] * scale) + (1L << (shift - 1))) >> shift, 0, short.MaxValue);
        });

        static short Short(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
    }
}
