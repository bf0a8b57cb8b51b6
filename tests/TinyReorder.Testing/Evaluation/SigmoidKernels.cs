using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>LOGISTIC and TANH: element by element; int8 by fixed-point series, int16 by a table with interpolation.</summary>
internal static class SigmoidKernels
{
    private const int ByteIntegerBits = 4, ShortIntegerBits = 3;
    private const double TableScale = 3 * 4096.0;

    // 1 / (1 + exp(-i / 24)) with 16 bits behind the point, each shifted by half of the error that interpolation has in the middle to the next one.
    private static readonly int[] Table = Enumerable.Range(0, 256).Select(Entry).ToArray();

    public static void Logistic(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        switch (input.Type)
        {
            case TensorType.Int8:
                Quantized(input, output, value => FixedMath.DivideByPowerOfTwo(FixedMath.Logistic(value, ByteIntegerBits), 23) - 128);
                break;
            case TensorType.Int16:
                Func<int, int> scale = ScaleOf(input.Scale, mostShift: 0);
                ActivationKernels.Each<short>(input, output, value => ShortLogistic(scale(value)));
                break;
            case TensorType.Float32:
                ActivationKernels.Each<float>(input, output, SingleLogistic);
                break;
            default:
                throw call.Unsupported();
        }
    }

    public static void Tanh(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        switch (input.Type)
        {
            case TensorType.Int8:
                Quantized(input, output, value => FixedMath.DivideByPowerOfTwo(FixedMath.Tanh(value, ByteIntegerBits), 24));
                break;
            case TensorType.Int16:
                Func<int, int> scale = ScaleOf(input.Scale, mostShift: 1);
                ActivationKernels.Each<short>(input, output, value => ShortTanh(scale(value)));
                break;
            case TensorType.Float32:
                ActivationKernels.Each<float>(input, output, MathF.Tanh);
                break;
            default:
                throw call.Unsupported();
        }
    }

    private static void Quantized(TensorView input, TensorView output, Func<int, int> result)
    {
        FixedMultiplier factor = FixedMultiplier.Of((double)input.Scale * (1 << (31 - ByteIntegerBits)));
        int radius = (int)Math.Floor(Math.ScaleB(((1 << ByteIntegerBits) - 1) * (double)(1 << (31 - ByteIntegerBits)), -factor.Shift));
        ActivationKernels.Each<sbyte>(input, output, element =>
        {
            int value = element - input.ZeroPoint;
            return value <= -radius ? sbyte.MinValue
                : value >= radius ? sbyte.MaxValue
                : (sbyte)Math.Max(Math.Min(result(factor.Apply(value)), sbyte.MaxValue), sbyte.MinValue);
        });
    }

    /// <summary>Scales an input so that 3 * 4096 stands for 1; powers of two are shifted instead where the shift is none or a small one.</summary>
    private static Func<int, int> ScaleOf(float scale, int mostShift)
    {
        double log = Math.Log2(scale), nearest = Math.Round(log, MidpointRounding.AwayFromZero);
        int shift = 15 - ShortIntegerBits + (int)nearest;
        if (Math.Abs(log - nearest) < 1e-3 && shift >= 0 && shift <= mostShift)
            return value => value * (3 << shift);
        double factor = scale * TableScale;
        int bits = 0;
        for (; factor <= short.MaxValue / 2.0 && bits <= 30; bits++)
            factor *= 2;
        int whole = (int)factor, half = bits > 0 ? 1 << (bits - 1) : 0;
        return value => ((value * whole) + half) >> bits;
    }

    private static short ShortLogistic(int value)
    {
        int magnitude = Math.Abs(value), index = magnitude >> 9;
        int result = index >= 255 ? 0x7FFF << 10 : (Table[index] << 9) + ((magnitude & 0x1FF) * (Table[index + 1] - Table[index]));
        return (short)((value >= 0 ? result + (1 << 9) : (1 << 25) - result + (1 << 9) - 1) >> 10);
    }

    private static short ShortTanh(int value)
    {
        int magnitude = Math.Abs(value), index = magnitude >> 8;
        int result = index >= 255 ? 0xFFFF << 8 : (Table[index] << 8) + ((magnitude & 0xFF) * (Table[index + 1] - Table[index]));
        return (short)((value >= 0 ? result - (1 << 23) + (1 << 7) : (1 << 23) - result + (1 << 7) - 1) >> 8);
    }

    /// <summary>Beyond these ends the kernel takes 1 and exp(x) (reference/logistic.h).</summary>
    private static float SingleLogistic(float value) => value switch
    {
        > 16.619047164916992188f => 1,
        < -9 => MathF.Exp(value),
        _ => 1 / (1 + MathF.Exp(-value)),
    };

    private static int Entry(int index)
    {
        if (index == 255)
            return ushort.MaxValue;
        double value = At(index), error = ((value + At(index + 1)) / 2) - At(index + 0.5);
        return (int)Math.Round(value - (error / 2), MidpointRounding.AwayFromZero);

        static double At(double step) => 65536 / (1 + Math.Exp(-step / 24));
    }
}
