namespace TinyReorder.Tests.Shared;

/// <summary>
/// A function of 16-bit integers as kernels hold it: 512 steps with interpolation, each entry shifted by half of the error in the middle of its step
/// (common.h, LUTPopulate and LUTLookup).
/// </summary>
internal sealed class ShortTable
{
    private const int Steps = 512;

    private readonly int[] entries = new int[Steps + 1];

    public ShortTable(float inputScale, int inputZeroPoint, float outputScale, Func<float, float> function)
    {
        float first = inputScale * (short.MinValue - inputZeroPoint), last = inputScale * (short.MaxValue - inputZeroPoint), step = (last - first) / Steps;
        float factor = 65536f / ((outputScale * short.MaxValue) - (outputScale * short.MinValue));
        for (int i = 0; i < Steps; i++)
        {
            float here = function(first + (i * step)) * factor, next = function(first + ((i + 1) * step)) * factor;
            float middle = Round(function(first + (i * step) + (step / 2)) * factor), between = Round((next + Round(here)) / 2);
            entries[i] = (int)Math.Clamp(Round(here) - Round((between - middle) / 2), short.MinValue, short.MaxValue);
        }
        entries[Steps] = (int)Math.Clamp(Round(function(last) * factor), short.MinValue, short.MaxValue);
    }

    public short this[short value]
    {
        get
        {
            int index = (Steps / 2) + (value >> 7);
            return (short)(entries[index] + ((((short)(entries[index + 1] - entries[index]) * (value & 0x7F)) + 64) >> 7));
        }
    }

    private static float Round(float value) => MathF.Round(value, MidpointRounding.AwayFromZero);
}
