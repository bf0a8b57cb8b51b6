using System.Diagnostics;

namespace TinyReorder.Arenas;

/// <summary>The time limit and the cancellation of one placement.</summary>
internal sealed class PlacementClock(PlacementLimits limits)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Whether the time is up; throws when the work was cancelled.</summary>
    public bool IsOver()
    {
        limits.Cancellation.ThrowIfCancellationRequested();
        return watch.Elapsed > limits.Time;
    }
}
