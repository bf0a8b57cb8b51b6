namespace TinyReorder.Planning.Streaming;

/// <summary>How far a model may be rewritten.</summary>
/// <param name="Choice">What is rewritten.</param>
/// <param name="MaxWork">The predicted work that the rewritten model may take, in parts of the original's; at least 1.</param>
/// <param name="MaxFlashBytes">How many bytes the file may grow, the plan's metadata included.</param>
internal sealed record RewriteSettings(RewriteChoice Choice, double MaxWork, long MaxFlashBytes)
{
    /// <summary>The work that is allowed where nobody says more or less.</summary>
    public const double DefaultMaxWork = 1.1;

    /// <summary>The growth that is allowed where nobody says more or less.</summary>
    public const long DefaultMaxFlashBytes = 8192;

    /// <summary>How many plans the search may make, where only advice is wanted; null for as many as the model's size allows.</summary>
    public int? MostPlans { get; init; }

    /// <summary>
    /// The limits to search within, one after the other: those of the defaults first where more is allowed, since a search goes other ways where it may go
    /// farther, and could end higher.
    /// </summary>
    public IEnumerable<RewriteSettings> UpFromDefaults()
    {
        bool isMoreWork = MaxWork > DefaultMaxWork, isMoreFlash = MaxFlashBytes > DefaultMaxFlashBytes;
        RewriteSettings withUsualWork = this with { MaxWork = Math.Min(MaxWork, DefaultMaxWork) };
        if (isMoreFlash)
            yield return withUsualWork with { MaxFlashBytes = DefaultMaxFlashBytes };
        if (isMoreWork)
            yield return withUsualWork;
        yield return this;
    }

    /// <summary>Nothing is rewritten.</summary>
    public static RewriteSettings Off { get; } = new(RewriteChoice.Off, DefaultMaxWork, DefaultMaxFlashBytes);
}
