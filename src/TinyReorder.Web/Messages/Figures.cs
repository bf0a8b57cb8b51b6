namespace TinyReorder.Web.Messages;

/// <summary>The figures of a result; all sizes are bytes.</summary>
internal sealed record Figures
{
    public Figures(ReorderedModel model, byte[] file)
    {
        FileArenaBytes = model.FileArena.TotalBytes;
        FileArenaIsExact = model.FileArena.IsExact;
        ArenaBytes = model.Arena.TotalBytes;
        ArenaIsExact = model.Arena.IsExact;
        ArrayBytes = model.ArenaBytes;
        (FilePeakBytes, PeakBytes, IsProven) = (model.FilePeakBytes, model.PeakBytes, model.IsProven);
        FileBytes = file.AsSpan().Slice(Math.Min(4, file.Length)).StartsWith("TFL3"u8) ? file.Length : null;
        FlashBytes = model.Bytes.Length;
        (Order, Plan, Overlap) = (model.Arena.Order, model.Arena.Plan, model.Arena.Overlap);
        (Runtime, Kernels, Abi) = (model.Runtime, model.Kernels, model.Abi);
        Board = model.Board is { } board ? new BoardFigures(board) : null;
        Rewrite = model.Rewrite is { } rewrite ? new RewriteSummary(rewrite) : null;
    }

    /// <summary>The arena of the file as it is.</summary>
    public long FileArenaBytes { get; }

    public bool FileArenaIsExact { get; }

    public long ArenaBytes { get; }

    public bool ArenaIsExact { get; }

    /// <summary>What the firmware declares: the arena, and what is added to it.</summary>
    public long ArrayBytes { get; }

    public long FilePeakBytes { get; }

    public long PeakBytes { get; }

    public bool IsProven { get; }

    /// <summary>Null where the file is no <c>.tflite</c> but source that holds one.</summary>
    public long? FileBytes { get; }

    public long FlashBytes { get; }

    public OrderKind Order { get; }

    public PlanKind Plan { get; }

    public OverlapKind Overlap { get; }

    public string? Runtime { get; }

    public KernelLibrary? Kernels { get; }

    public AbiKind? Abi { get; }

    public BoardFigures? Board { get; }

    public RewriteSummary? Rewrite { get; }
}
