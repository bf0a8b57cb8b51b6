using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>QUANTIZE, DEQUANTIZE and CAST: element by element.</summary>
internal static class ConversionKernels
{
    public static void Quantize(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        if (output.Type is not (TensorType.Int8 or TensorType.UInt8 or TensorType.Int16 or TensorType.Int32))
            throw call.Unsupported();
        (int, int) range = FusedRange.LimitsOf(output.Type);
        if (input.Type == TensorType.Float32)
        {
            Each(output, i => FusedRange.Clamp(Rounded(input.Values<float>()[i] / output.Scale) + output.ZeroPoint, range));
            return;
        }
        FixedMultiplier factor = FixedMultiplier.Of((double)input.Scale / output.Scale);
        Func<int, long> read = Reader(call, input);
        Each(output, i => FusedRange.Clamp(factor.Apply((int)read(i) - input.ZeroPoint) + output.ZeroPoint, range));
    }

    public static void Dequantize(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        if (output.Type != TensorType.Float32)
            throw call.Unsupported();
        Func<int, long> read = Reader(call, input);
        for (int i = 0; i < output.Count; i++)
            output.Values<float>()[i] = (float)((double)input.Scale * ((int)read(i) - input.ZeroPoint));
    }

    public static void Cast(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        bool isReal = input.Type == TensorType.Float32;
        Func<int, long> read = isReal ? i => (long)input.Values<float>()[i] : Reader(call, input);
        switch (output.Type)
        {
            case TensorType.Float32:
                for (int i = 0; i < output.Count; i++)
                    output.Values<float>()[i] = isReal ? input.Values<float>()[i] : read(i);
                break;
            case TensorType.Bool:
                for (int i = 0; i < output.Count; i++)
                    output.Values<byte>()[i] = (isReal ? input.Values<float>()[i] != 0 : read(i) != 0) ? (byte)1 : (byte)0;
                break;
            case TensorType.Int8 or TensorType.UInt8 or TensorType.Int16 or TensorType.Int32 or TensorType.Int64:
                Each(output, read);
                break;
            default:
                throw call.Unsupported();
        }
    }

    /// <summary>The integer at an index, whatever the type.</summary>
    private static Func<int, long> Reader(OperatorCall call, TensorView input) => input.Type switch
    {
        TensorType.Int8 => i => input.Values<sbyte>()[i],
        TensorType.UInt8 => i => input.Values<byte>()[i],
        TensorType.Bool => i => input.Values<byte>()[i] != 0 ? 1 : 0,
        TensorType.Int16 => i => input.Values<short>()[i],
        TensorType.Int32 => i => input.Values<int>()[i],
        TensorType.Int64 => i => input.Values<long>()[i],
        _ => throw call.Unsupported(),
    };

    private static void Each(TensorView output, Func<int, long> result)
    {
        switch (output.Type)
        {
            case TensorType.Int8: Each<sbyte>(output, result); break;
            case TensorType.UInt8: Each<byte>(output, result); break;
            case TensorType.Int16: Each<short>(output, result); break;
            case TensorType.Int32: Each<int>(output, result); break;
            default: Each<long>(output, result); break;
        }
    }

    private static void Each<T>(TensorView output, Func<int, long> result) where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < output.Count; i++)
            output.Values<T>()[i] = T.CreateTruncating(result(i));
    }

    private static int Rounded(float value) => (int)Math.Clamp(MathF.Round(value, MidpointRounding.AwayFromZero), -1 << 30, 1 << 30);
}
