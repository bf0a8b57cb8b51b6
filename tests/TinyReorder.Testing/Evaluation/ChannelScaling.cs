using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>How the sums of a quantized layer with weights become its output: bias, factor and zero point of each channel, and the fused range.</summary>
internal sealed class ChannelScaling
{
    private readonly long[]? bias;
    private readonly FixedMultiplier[] factors;
    private readonly (int Min, int Max) range;
    private readonly int zeroPoint;
    private readonly bool isWide;

    /// <param name="bias">The bias, or null for none.</param>
    /// <param name="factors">One for each channel, or one for all.</param>
    /// <param name="output">The output.</param>
    /// <param name="fused">The fused activation.</param>
    /// <param name="isWide">Whether sums are 64 bits wide.</param>
    public ChannelScaling(long[]? bias, FixedMultiplier[] factors, TensorView output, int fused, bool isWide)
    {
        this.bias = bias;
        this.factors = factors;
        this.isWide = isWide;
        range = FusedRange.Quantized(output, fused);
        // Kernels of 16-bit activations do not add a zero point.
        zeroPoint = output.Type == TensorType.Int16 ? 0 : output.ZeroPoint;
    }

    /// <summary>The factors of a convolution: input scale times filter scale over output scale.</summary>
    public static FixedMultiplier[] FactorsOf(TensorView input, TensorView filter, TensorView output) =>
        filter.Tensor.Scales.Select(scale => FixedMultiplier.Of((double)input.Scale * scale / output.Scale)).ToArray();

    /// <summary>The bias at a position of the inputs, or null.</summary>
    public static long[]? BiasOf(OperatorCall call, int position) => call.HasInput(position) ? call.Input(position).WholeNumbers() : null;

    /// <summary>Whether a layer with 16-bit activations adds up in 64 bits: by the type of its bias, or by an option where it has none.</summary>
    public static bool IsWide(OperatorCall call, int biasPosition, int biasTypeSlot) =>
        (call.HasInput(biasPosition) ? call.Input(biasPosition).Type : (TensorType)call.Options.Byte(biasTypeSlot)) != TensorType.Int32;

    /// <summary>The output of a channel whose products add up to <paramref name="sum"/>.</summary>
    public int Apply(long sum, int channel)
    {
        FixedMultiplier factor = factors.Length == 1 ? factors[0] : factors[channel];
        long total = bias is null ? sum : sum + bias[channel];
        return FusedRange.Clamp((isWide ? factor.Apply(total) : factor.Apply(unchecked((int)total))) + zeroPoint, range);
    }
}
