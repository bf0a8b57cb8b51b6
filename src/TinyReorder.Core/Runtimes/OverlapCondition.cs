namespace TinyReorder.Runtimes;

/// <summary>Something about an operator's shapes, options and types that decides which way its kernel takes.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Value">The number behind the name, 0 where it has none.</param>
internal sealed record OverlapCondition(string Name, long Value)
{
    /// <summary>The conditions; N stands for a number.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "type float32", "type int8", "type int16", "filter int4", "1x1 int8", "1x1 stride 1 int8", "one row int8", "grouped", "channels above N",
        "one input channel",
        "padded channels", "padded batch",
    ];
}
