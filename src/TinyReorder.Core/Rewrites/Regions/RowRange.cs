namespace TinyReorder.Rewrites.Regions;

/// <summary>Consecutive rows of an image.</summary>
/// <param name="First">The first of them.</param>
/// <param name="End">The row behind the last.</param>
internal readonly record struct RowRange(int First, int End)
{
    /// <summary>How many they are.</summary>
    public int Count => End - First;

    /// <summary>Whether all rows of <paramref name="other"/> are among them.</summary>
    public bool Contains(RowRange other) => First <= other.First && other.End <= End;

    /// <summary>Those that are in both.</summary>
    public RowRange Within(RowRange other) => new(Math.Max(First, other.First), Math.Min(End, other.End));

    /// <summary>The least range that holds both.</summary>
    public RowRange With(RowRange other) => new(Math.Min(First, other.First), Math.Max(End, other.End));
}
