using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Evaluation;

/// <summary>The arithmetic of quantized kernels against real numbers.</summary>
public class FixedMathTests
{
    [Theory]
    [InlineData(9, 5)]
    [InlineData(-9, -4)]
    [InlineData(8, 4)]
    public void Halves_are_rounded_up_by_a_product(int value, int expected) => Assert.Equal(expected, FixedMath.HighMultiply(value, 1 << 30));

    [Theory]
    [InlineData(9, 5)]
    [InlineData(-9, -5)]
    [InlineData(8, 4)]
    public void Halves_are_rounded_away_from_zero_by_a_division(int value, int expected) => Assert.Equal(expected, FixedMath.DivideByPowerOfTwo(value, 1));

    [Theory]
    [InlineData(1, 1 << 30, 1)]
    [InlineData(0.5, 1 << 30, 0)]
    [InlineData(0.75, 1610612736, 0)]
    [InlineData(3, 1610612736, 2)]
    [InlineData(0.9999999999, 1 << 30, 1)]
    [InlineData(1e-12, 0, 0)]
    public void A_factor_is_a_fraction_and_a_power_of_two(double factor, int fraction, int shift) =>
        Assert.Equal(new FixedMultiplier(fraction, shift), FixedMultiplier.Of(factor));

    [Fact]
    public void A_factor_of_both_widths_is_near_to_the_product()
    {
        var random = new Pcg32(1);
        for (int i = 0; i < 1000; i++)
        {
            double factor = random.Between(1, 100_000) / 65_536.0;
            int value = random.Between(-100_000, 100_000);
            FixedMultiplier held = FixedMultiplier.Of(factor);
            Assert.InRange(held.Apply(value), (value * factor) - 1.1, (value * factor) + 1.1);
            // Only 15 bits of the fraction are left.
            double most = 1 + (Math.Abs(value) * factor / 32_768);
            Assert.InRange(held.Apply((long)value), (value * factor) - most, (value * factor) + most);
        }
    }

    [Fact]
    public void Exponentials_and_sigmoids_are_near_to_the_real_ones()
    {
        const double Unit = 1L << 31;
        for (double x = -15.9; x <= 0; x += 0.1)
        {
            int held = (int)Math.Round(x * (1 << 26));
            Assert.Equal(Math.Exp(x), FixedMath.ExpOfNegative(held, 5) / Unit, 1e-6);
        }
        for (double x = -7.9; x <= 7.9; x += 0.1)
        {
            int held = (int)Math.Round(x * (1 << 27));
            Assert.Equal(1 / (1 + Math.Exp(-x)), FixedMath.Logistic(held, 4) / Unit, 1e-6);
            Assert.Equal(Math.Tanh(x), FixedMath.Tanh(held, 4) / Unit, 1e-6);
        }
    }

    [Fact]
    public void A_reciprocal_comes_with_its_power_of_two()
    {
        foreach (double value in new[] { 1, 1.5, 3, 10, 100.25, 2000 })
        {
            (int fraction, int shift) = FixedMath.Reciprocal((int)(value * (1 << 19)), 12);
            Assert.Equal(1 / value, fraction / (double)(1L << 31) / Math.Pow(2, shift), 1e-6);
        }
    }
}
