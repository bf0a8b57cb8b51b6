namespace TinyReorder.Web.Messages;

/// <summary>What a rewrite did and what it costs.</summary>
internal sealed record RewriteSummary
{
    public RewriteSummary(RewriteFigures rewrite)
    {
        (Loops, Simplifications, WorkRatio) = (rewrite.Loops.Count, rewrite.Simplifications.Count, rewrite.WorkRatio);
        (AddedFlashBytes, Reason) = (rewrite.AddedFlashBytes, rewrite.Reason);
    }

    public int Loops { get; }

    public int Simplifications { get; }

    /// <summary>Predicted work in parts of the given model's.</summary>
    public double WorkRatio { get; }

    public long AddedFlashBytes { get; }

    /// <summary>Why the model stays as it is, or has no loops; null where it has what was asked for.</summary>
    public string? Reason { get; }
}
