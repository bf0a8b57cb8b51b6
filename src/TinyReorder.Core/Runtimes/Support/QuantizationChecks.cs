using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Scales that a kernel takes for granted.</summary>
internal static class QuantizationChecks
{
    private const double Tolerance = 1e-3;

    /// <summary>SOFTMAX: the one output scale and zero point that each combination of types has (micro/kernels/softmax_common.cc).</summary>
    public static SupportProblem? Softmax(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output)
            return null;
        float scale = SupportContext.Scale(output);
        long zero = SupportContext.ZeroPoint(output);
        bool fits = (input.Type, output.Type) switch
        {
            (TensorType.Int8, TensorType.Int8) => scale == 1f / 256 && zero == sbyte.MinValue,
            (TensorType.Int8, TensorType.Int16) => IsNear(scale, 1.0 / 65536) && zero == short.MinValue,
            (TensorType.Int16, TensorType.Int16) => IsNear(scale, 1.0 / 32768) && zero == 0 && SupportContext.ZeroPoint(input) == 0,
            _ => true,
        };
        return fits ? null : new SupportProblem("has another output scale or zero point than the kernel computes with", Cures.Quantization);
    }

    private static bool IsNear(float scale, double wanted) => Math.Abs(scale - wanted) <= Tolerance * wanted;
}
