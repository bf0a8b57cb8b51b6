using System.Diagnostics;

namespace TinyReorder.Planning;

/// <summary>The time for work of one kind on one model, done in many pieces: so much for each, and so much for all of them together.</summary>
internal sealed class TimeBudget(TimeSpan forEach, TimeSpan forAll)
{
    private readonly Stopwatch clock = new();

    /// <summary>Does a piece of work, which is told what it may take.</summary>
    public T Spend<T>(Func<TimeSpan, T> work)
    {
        TimeSpan left = forAll - clock.Elapsed;
        clock.Start();
        try
        {
            return work(left <= TimeSpan.Zero ? TimeSpan.Zero : left < forEach ? left : forEach);
        }
        finally
        {
            clock.Stop();
        }
    }
}
