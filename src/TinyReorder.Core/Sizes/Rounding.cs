namespace TinyReorder.Sizes;

/// <summary>Rounding of sizes and offsets.</summary>
internal static class Rounding
{
    /// <summary><paramref name="value"/>, at least 0, rounded up to a multiple of <paramref name="multiple"/>, at least 1.</summary>
    /// <exception cref="OverflowException">The result does not fit.</exception>
    public static long Up(long value, long multiple) => checked((value + multiple - 1) / multiple * multiple);
}
