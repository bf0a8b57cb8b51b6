using System.Numerics;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Arithmetic of fixed-point numbers of 32 bits as gemmlowp's fixedpoint.h defines it: a number with n integer bits has 31 - n bits behind the point.
/// </summary>
internal static class FixedMath
{
    private const int One = int.MaxValue;
    private const int SmallestExponent = -2;

    // exp(-2^k) for k from -2 on, with no integer bits.
    private static readonly int[] Powers = Enumerable.Range(SmallestExponent, 7).Select(exponent => Fraction(Math.Exp(-Math.Pow(2, exponent)))).ToArray();

    /// <summary>The upper half of twice the product, rounded to nearest, half up; the one product that does not fit becomes the largest number.</summary>
    public static int HighMultiply(int a, int b)
    {
        if (a == b && a == int.MinValue)
            return int.MaxValue;
        long product = (long)a * b;
        return (int)((product + (product >= 0 ? 1 << 30 : 1 - (1 << 30))) / (1L << 31));
    }

    /// <summary>The same for 16 bits.</summary>
    public static short HighMultiply(short a, short b)
    {
        if (a == b && a == short.MinValue)
            return short.MaxValue;
        int product = a * b;
        return (short)((product + (product >= 0 ? 1 << 14 : 1 - (1 << 14))) / (1 << 15));
    }

    /// <summary>The quotient by a power of two, rounded to nearest, half away from zero.</summary>
    public static int DivideByPowerOfTwo(int value, int exponent)
    {
        int mask = (int)((1L << exponent) - 1), threshold = (mask >> 1) + (value < 0 ? 1 : 0);
        return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
    }

    /// <summary>exp(a) for a at most 0 with <paramref name="integerBits"/> integer bits (at most 5); the result has none.</summary>
    public static int ExpOfNegative(int a, int integerBits)
    {
        if (a == 0)
            return One;
        int fractionBits = 31 - integerBits, quarter = 1 << (fractionBits + SmallestExponent);
        int rest = (a & (quarter - 1)) - quarter, steps = unchecked(rest - a);
        int result = ExpNearZero(unchecked(rest << integerBits));
        for (int i = 0; i < Powers.Length; i++)
        {
            int exponent = SmallestExponent + i;
            if (exponent < integerBits && (steps & (1 << (fractionBits + exponent))) != 0)
                result = HighMultiply(result, Powers[i]);
        }
        return result;
    }

    /// <summary>1 / (1 + a) for a from 0 to 1, without integer bits: half of what Newton's method gives, which is the same number with one bit less.</summary>
    public static int OneOverOnePlus(int a) => MultiplySaturating(NewtonInverse(a), 1);

    /// <summary>(1 - a) / (1 + a) for a from 0 to 1, without integer bits.</summary>
    public static int OneMinusOverOnePlus(int a) => MultiplySaturating(unchecked(NewtonInverse(a) - (1 << 29)), 2);

    /// <summary>1 / (1 + exp(-a)); the result has no integer bits.</summary>
    public static int Logistic(int a, int integerBits)
    {
        if (a == 0)
            return 1 << 30;
        int ofPositive = OneOverOnePlus(ExpOfNegative(-Math.Abs(a), integerBits));
        return a > 0 ? ofPositive : One - ofPositive;
    }

    /// <summary>The hyperbolic tangent; the result has no integer bits.</summary>
    public static int Tanh(int a, int integerBits)
    {
        // Twice the argument is the same number with one integer bit more.
        int ofNegative = a == 0 ? 0 : OneMinusOverOnePlus(ExpOfNegative(-Math.Abs(a), integerBits + 1));
        return a < 0 ? -ofNegative : ofNegative;
    }

    /// <summary>1 / value for a number with some integer bits, as a fraction and the power of two that it is to be divided by.</summary>
    public static (int Fraction, int Shift) Reciprocal(int value, int integerBits)
    {
        int headroom = BitOperations.LeadingZeroCount((uint)value);
        return (OneOverOnePlus(unchecked((int)(((uint)value << headroom) - (1u << 31)))), integerBits - headroom);
    }

    /// <summary>A product with a power of two that stays at the ends of the range where it does not fit.</summary>
    public static int MultiplySaturating(int value, int exponent)
    {
        int threshold = (1 << (31 - exponent)) - 1;
        return value > threshold ? int.MaxValue : value < -threshold ? int.MinValue : value << exponent;
    }

    /// <summary>2 / (1 + a) by three steps of Newton's method; the result has two integer bits.</summary>
    private static int NewtonInverse(int a)
    {
        int half = (int)(((long)a + One + 1) / 2);
        int x = unchecked(Whole(48.0 / 17) + HighMultiply(half, Whole(-32.0 / 17)));
        for (int i = 0; i < 3; i++)
        {
            int error = unchecked((1 << 29) - HighMultiply(half, x));
            x = unchecked(x + MultiplySaturating(HighMultiply(x, error), 2));
        }
        return x;
    }

    /// <summary>exp(a) for a from -1/4 to 0 by a series around -1/8.</summary>
    private static int ExpNearZero(int a)
    {
        int center = Fraction(Math.Exp(-1.0 / 8));
        int x = unchecked(a + (1 << 28)), x2 = HighMultiply(x, x), x3 = HighMultiply(x2, x), x4 = HighMultiply(x2, x2);
        int tail = DivideByPowerOfTwo(HighMultiply(DivideByPowerOfTwo(x4, 2) + x3, Fraction(1.0 / 3)) + x2, 1);
        return center + HighMultiply(center, x + tail);
    }

    private static int Fraction(double value) => (int)Math.Round(value * (1L << 31), MidpointRounding.AwayFromZero);

    /// <summary>A number with two integer bits.</summary>
    private static int Whole(double value) => (int)Math.Round(value * (1L << 29), MidpointRounding.AwayFromZero);
}
