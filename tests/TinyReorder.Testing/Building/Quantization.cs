namespace TinyReorder.Tests.Shared;

/// <summary>How integers stand for real numbers: real = scale * (integer - zero point), per tensor or per slice of <see cref="Dimension"/>.</summary>
public sealed record Quantization(float[] Scales, long[] ZeroPoints, int Dimension = 0)
{
    /// <summary>What every int8 activation has unless told otherwise, so that operators which need equal quantization on both sides always have it.</summary>
    public static Quantization Activation { get; } = new(0.0625f, -8);

    /// <summary>What the kernels demand of the outputs of SOFTMAX and LOGISTIC in int8.</summary>
    public static Quantization Probability { get; } = new(1f / 256, -128);

    public Quantization(float scale, long zeroPoint) : this([scale], [zeroPoint])
    {
    }

    /// <summary>Symmetric, with a scale for each index of <paramref name="dimension"/>.</summary>
    public static Quantization PerChannel(float[] scales, int dimension = 0) => new(scales, new long[scales.Length], dimension);
}
