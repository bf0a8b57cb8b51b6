namespace TinyReorder.Tests;

/// <summary>
/// How many cases a test tries: all of them, or with TINYREORDER_FEWER_CASES=N one of N, for runs that repeat the tests thousands of times (mutation
/// testing).
/// </summary>
public static class Cases
{
    private static readonly int Divisor = int.TryParse(Environment.GetEnvironmentVariable("TINYREORDER_FEWER_CASES"), out int divisor) && divisor > 1
        ? divisor : 1;

    /// <summary>The number to try instead of <paramref name="all"/>, at least one.</summary>
    public static int Of(int all) => Math.Max(1, all / Divisor);
}
