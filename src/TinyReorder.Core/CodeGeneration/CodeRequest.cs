using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>What a user asks of the generated code, in the user's own words: null or empty stands for the default of each.</summary>
internal sealed record CodeRequest
{
    /// <summary><c>c</c> (default) or <c>incbin</c>.</summary>
    public string? Format { get; init; }

    /// <summary>
    /// Whether the header that registers the model's operators is generated: <c>true</c> (default for TensorFlow Lite Micro) or <c>false</c>.
    /// </summary>
    public string? OpResolver { get; init; }

    /// <summary>
    /// Where the model lies: a section such as <c>.qspi</c>, or an attribute macro (<see cref="SectionPlacement"/>); by default with other constants.
    /// </summary>
    public string? ModelSection { get; init; }

    /// <summary>
    /// Where the arena lies: a section such as <c>.bss.ccm</c>, or an attribute macro (<see cref="SectionPlacement"/>); by default with other variables.
    /// </summary>
    public string? ArenaSection { get; init; }

    /// <summary>Whether the source defines the arena: <c>true</c> or <c>false</c> (default).</summary>
    public string? EmitArena { get; init; }

    /// <summary>The runtime: what registers operators exists only for <c>tflm</c> (default).</summary>
    public string? Runtime { get; init; }

    /// <summary>How options are called in diagnostics.</summary>
    public OptionStyle Style { get; init; } = OptionStyle.Metadata;
}
