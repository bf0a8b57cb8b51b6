using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>ADD and SUB: element by element; quantized inputs are brought to a common scale first.</summary>
internal static class SumKernels
{
    private const int Fused = 0, ByteShift = 20, ShortShift = 15;

    public static void Add(OperatorCall call) => Run(call, isDifference: false);

    public static void Sub(OperatorCall call) => Run(call, isDifference: true);

    private static void Run(OperatorCall call, bool isDifference)
    {
        int sign = isDifference ? -1 : 1;
        switch (call.Output().Type)
        {
            case TensorType.Int8:
                Quantized<sbyte>(call, ByteShift, isDifference);
                break;
            case TensorType.Int16:
                Quantized<short>(call, ShortShift, isDifference);
                break;
            case TensorType.Int32:
                (int, int) whole = FusedRange.Whole(call.Options.Byte(Fused));
                Each<int>(call, (a, b) => FusedRange.Clamp(unchecked(a + (sign * b)), whole));
                break;
            case TensorType.Float32:
                (float, float) range = FusedRange.Single(call.Options.Byte(Fused));
                Each<float>(call, (a, b) => FusedRange.Clamp(isDifference ? a - b : a + b, range));
                break;
            default:
                throw call.Unsupported();
        }
    }

    /// <summary>Writes what <paramref name="result"/> makes of the elements of both inputs.</summary>
    internal static void Each<T>(OperatorCall call, Func<T, T, T> result) where T : unmanaged
    {
        TensorView left = call.Input(0), right = call.Input(1), output = call.Output();
        if (left.Type != output.Type || right.Type != output.Type)
            throw call.Unsupported();
        var fromLeft = new Broadcast(left, output);
        var fromRight = new Broadcast(right, output);
        for (int i = 0; i < output.Count; i++)
            output.Values<T>()[i] = result(left.Values<T>()[fromLeft[i]], right.Values<T>()[fromRight[i]]);
    }

    private static void Quantized<T>(OperatorCall call, int shift, bool isDifference) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView left = call.Input(0), right = call.Input(1), output = call.Output();
        (FixedMultiplier ofLeft, FixedMultiplier ofRight, FixedMultiplier ofSum) = Factors(left.Scale, right.Scale, output.Scale, shift, isDifference);
        (int, int) range = FusedRange.Quantized(output, call.Options.Byte(Fused));
        Each<T>(call, (a, b) =>
        {
            int first = ofLeft.Apply((int.CreateTruncating(a) - left.ZeroPoint) << shift);
            int second = ofRight.Apply((int.CreateTruncating(b) - right.ZeroPoint) << shift);
            return T.CreateTruncating(FusedRange.Clamp(ofSum.Apply(isDifference ? first - second : first + second) + output.ZeroPoint, range));
        });
    }

    /// <summary>ADD divides scales as doubles (add_common.cc), SUB as floats (sub_common.cc).</summary>
    private static (FixedMultiplier Left, FixedMultiplier Right, FixedMultiplier Sum) Factors(
        float left, float right, float output, int shift, bool isDifference)
    {
        float single = 2 * Math.Max(left, right);
        double twice = 2 * (double)Math.Max(left, right);
        return isDifference
            ? (FixedMultiplier.Of(left / single), FixedMultiplier.Of(right / single), FixedMultiplier.Of(single / ((1 << shift) * output)))
            : (FixedMultiplier.Of(left / twice), FixedMultiplier.Of(right / twice), FixedMultiplier.Of(twice / ((1 << shift) * (double)output)));
    }
}
