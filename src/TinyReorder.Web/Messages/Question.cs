namespace TinyReorder.Web.Messages;

/// <summary>What the page asks: the choices of its form. Null is what the form leaves to the library.</summary>
internal sealed record Question
{
    public required string Name { get; init; }

    public string? Board { get; init; }

    public string? Runtime { get; init; }

    public KernelLibrary? Kernels { get; init; }

    public OverlapKind? Overlap { get; init; }

    public RewriteKind Rewrite { get; init; }

    public long ReservedSramBytes { get; init; }

    public long ReservedFlashBytes { get; init; }

    /// <summary>Whether to say which other settings would fit a board that is too small.</summary>
    public bool Advice { get; init; }

    public ReorderOptions ToOptions() => new()
    {
        ModelName = Name,
        Board = Board,
        Runtime = Runtime,
        Kernels = Kernels,
        Overlap = Overlap,
        Rewrite = Rewrite,
        ReservedSramBytes = ReservedSramBytes,
        ReservedFlashBytes = ReservedFlashBytes,
        Advice = Advice,
    };
}
