using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>The range that a fused activation leaves to an output.</summary>
internal static class FusedRange
{
    /// <summary>The least and the largest integer of a quantized output.</summary>
    public static (int Min, int Max) Quantized(TensorView output, int fused)
    {
        (int min, int max) = LimitsOf(output.Type);
        int Integer(float value) => (int)MathF.Round(value / output.Scale, MidpointRounding.AwayFromZero) + output.ZeroPoint;
        return (Fused)fused switch
        {
            Fused.Relu => (Math.Max(min, Integer(0)), max),
            Fused.Relu6 => (Math.Max(min, Integer(0)), Math.Min(max, Integer(6))),
            Fused.ReluN1To1 => (Math.Max(min, Integer(-1)), Math.Min(max, Integer(1))),
            _ => (min, max),
        };
    }

    public static (float Min, float Max) Single(int fused) => (Fused)fused switch
    {
        Fused.Relu => (0, float.MaxValue),
        Fused.Relu6 => (0, 6),
        Fused.ReluN1To1 => (-1, 1),
        _ => (float.MinValue, float.MaxValue),
    };

    /// <summary>The range of whole numbers that are not quantized.</summary>
    public static (int Min, int Max) Whole(int fused) => (Fused)fused switch
    {
        Fused.Relu => (0, int.MaxValue),
        Fused.Relu6 => (0, 6),
        Fused.ReluN1To1 => (-1, 1),
        _ => (int.MinValue, int.MaxValue),
    };

    /// <summary>The least and the largest integer of a type.</summary>
    public static (int Min, int Max) LimitsOf(TensorType type) => type switch
    {
        TensorType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        TensorType.UInt8 => (byte.MinValue, byte.MaxValue),
        TensorType.Int16 => (short.MinValue, short.MaxValue),
        _ => (int.MinValue, int.MaxValue),
    };

    /// <summary>As the kernels clamp: what is no number stays so.</summary>
    public static float Clamp(float value, (float Min, float Max) range)
    {
        float atLeast = value < range.Min ? range.Min : value;
        return range.Max < atLeast ? range.Max : atLeast;
    }

    /// <summary>The same for integers.</summary>
    public static int Clamp(int value, (int Min, int Max) range) => Math.Min(range.Max, Math.Max(range.Min, value));
}
