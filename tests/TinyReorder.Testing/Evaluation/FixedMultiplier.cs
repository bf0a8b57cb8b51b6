namespace TinyReorder.Tests.Shared;

/// <summary>A real factor as integer kernels hold it: a fraction of 31 bits times a power of two.</summary>
internal readonly record struct FixedMultiplier(int Fraction, int Shift)
{
    private const int FractionBits = 31;
    private const int LargestFractionToRound = 0x7FFF0000;

    /// <summary>The nearest such factor; one below 2^-32 becomes 0 (quantization_util.cc, QuantizeMultiplier).</summary>
    public static FixedMultiplier Of(double factor)
    {
        if (factor == 0)
            return default;
        int shift = Math.ILogB(factor) + 1;
        long fraction = (long)Math.Round(Math.ScaleB(factor, FractionBits - shift), MidpointRounding.AwayFromZero);
        if (fraction == 1L << FractionBits)
        {
            fraction /= 2;
            shift++;
        }
        return shift < -FractionBits ? default : new FixedMultiplier((int)fraction, shift);
    }

    /// <summary>The product with a 32-bit number, rounded twice as the kernels do unless they are compiled otherwise.</summary>
    public int Apply(int value) => Shift > 0
        ? FixedMath.HighMultiply(unchecked(value << Shift), Fraction)
        : FixedMath.DivideByPowerOfTwo(FixedMath.HighMultiply(value, Fraction), -Shift);

    /// <summary>The product with a 48-bit number, for which the fraction is cut to 15 bits.</summary>
    public int Apply(long value)
    {
        int reduced = Fraction < LargestFractionToRound ? (Fraction + (1 << 15)) >> 16 : 0x7FFF, total = 15 - Shift;
        return unchecked((int)((value * reduced + (1L << (total - 1))) >> total));
    }
}
