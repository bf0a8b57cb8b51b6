using System.Diagnostics;

namespace TinyReorder.Benchmarks.Running;

/// <summary>What one piece of work takes when it is repeated.</summary>
/// <param name="FirstMilliseconds">Wall clock of the first run.</param>
/// <param name="WarmMilliseconds">Median of the wall clock of the later half of the runs.</param>
/// <param name="LeastMilliseconds">The fastest run: what is left of the noise on a busy machine.</param>
/// <param name="AllocatedBytes">Bytes that the last run allocated, freed or not.</param>
/// <param name="Runs">The number of runs.</param>
internal sealed record Timing(double FirstMilliseconds, double WarmMilliseconds, double LeastMilliseconds, long AllocatedBytes, int Runs)
{
    private const int LeastRuns = 10;
    private const int MostRuns = 200;

    // The just-in-time compiler optimises in the background what has run 30 times, so short work is repeated for at least so long.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.4), TooLong = TimeSpan.FromSeconds(4);

    public static (T Result, Timing Timing) Of<T>(Func<T> work)
    {
        T result = default!;
        var all = Stopwatch.StartNew();
        var milliseconds = new List<double>();
        long allocated = 0;
        while (milliseconds.Count < MostRuns && all.Elapsed < TooLong && (milliseconds.Count < LeastRuns || all.Elapsed < Enough))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            result = work();
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        double[] warm = milliseconds.Skip(milliseconds.Count / 2).Order().ToArray();
        return (result, new Timing(milliseconds[0], warm[warm.Length / 2], milliseconds.Min(), allocated, milliseconds.Count));
    }
}
