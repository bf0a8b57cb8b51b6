namespace TinyReorder.Runtimes;

/// <summary>One way through a kernel: the form of the distance that is safe there, and the loop by which it was shown.</summary>
/// <param name="Condition">When the kernel takes it; null for always.</param>
/// <param name="Rule">The form of the distance, one of <see cref="RuleNames"/>.</param>
/// <param name="Access">The loop by which the kernel reads and writes, one of <see cref="AccessNames"/>: what the simulator replays.</param>
internal sealed record OverlapWay(OverlapCondition? Condition, string Rule, string Access)
{
    /// <summary>The names that <see cref="Rule"/> may have.</summary>
    public static IReadOnlyList<string> RuleNames { get; } =
        ["disjoint", "in-place", "elementwise", "concatenation", "split", "slice", "row-safe", "pixel-safe", "window-safe", "element-safe"];

    /// <summary>The names that <see cref="Access"/> may have.</summary>
    public static IReadOnlyList<string> AccessNames { get; } =
    [
        "unknown", "copy", "elements", "join", "part", "forward-slice", "filter-by-output", "channel-by-channel", "columns-of-2", "columns-of-4",
        "channel-blocks", "accumulate", "groups", "matrix", "matrix-rows", "pad", "pad-runs", "resize-nearest", "resize-bilinear",
    ];
}
