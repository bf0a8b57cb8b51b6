namespace TinyReorder.CompareBuilds.Running;

/// <summary>The time of runs.</summary>
/// <param name="Wall">Time on the clock.</param>
/// <param name="Processor">Time of all processors together.</param>
internal readonly record struct RunTime(TimeSpan Wall, TimeSpan Processor)
{
    /// <summary>No time.</summary>
    public static RunTime None { get; }

    public static RunTime operator +(RunTime a, RunTime b) => new(a.Wall + b.Wall, a.Processor + b.Processor);

    /// <summary>All of them one after another.</summary>
    public static RunTime Sum(IEnumerable<RunTime> times) => times.Aggregate(None, (sum, time) => sum + time);

    /// <summary>Both as seconds, with how many times the first the second is.</summary>
    public static string Compare(RunTime before, RunTime after) =>
        $"wall {Compare(before.Wall, after.Wall)}, processor {Compare(before.Processor, after.Processor)}";

    private static string Compare(TimeSpan before, TimeSpan after)
    {
        string ratio = before > TimeSpan.Zero ? FormattableString.Invariant($"{after / before:F3}") : "-";
        return FormattableString.Invariant($"{before.TotalSeconds:F1} s -> {after.TotalSeconds:F1} s (x {ratio})");
    }
}
