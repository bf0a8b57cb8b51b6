using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>MUL: element by element.</summary>
internal static class ProductKernels
{
    private const int Fused = 0;

    public static void Mul(OperatorCall call)
    {
        int fused = call.Options.Byte(Fused);
        switch (call.Output().Type)
        {
            case TensorType.Int8:
                Quantized<sbyte>(call, fused);
                break;
            case TensorType.Int16:
                Quantized<short>(call, fused);
                break;
            case TensorType.Int32:
                SumKernels.Each<int>(call, (a, b) => FusedRange.Clamp(unchecked(a * b), FusedRange.Whole(fused)));
                break;
            case TensorType.Float32:
                SumKernels.Each<float>(call, (a, b) => FusedRange.Clamp(a * b, FusedRange.Single(fused)));
                break;
            default:
                throw call.Unsupported();
        }
    }

    private static void Quantized<T>(OperatorCall call, int fused) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView left = call.Input(0), right = call.Input(1), output = call.Output();
        FixedMultiplier factor = FixedMultiplier.Of((double)left.Scale * right.Scale / output.Scale);
        (int, int) range = FusedRange.Quantized(output, fused);
        SumKernels.Each<T>(call, (a, b) =>
        {
            int product = (int.CreateTruncating(a) - left.ZeroPoint) * (int.CreateTruncating(b) - right.ZeroPoint);
            return T.CreateTruncating(FusedRange.Clamp(factor.Apply(product) + output.ZeroPoint, range));
        });
    }
}
