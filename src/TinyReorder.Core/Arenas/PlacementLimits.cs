namespace TinyReorder.Arenas;

/// <summary>How much work a placement may take.</summary>
internal sealed record PlacementLimits
{
    /// <summary>Enough for every model known; hard instances end at the nodes, not at the clock.</summary>
    public static PlacementLimits Default { get; } = new();

    /// <summary>
    /// A safety net. A result that was found before it depends on <see cref="Nodes"/> alone, so it is the same on every machine.
    /// </summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Nodes of the exact search, one for each buffer that it tries at an offset; one with much to look at counts as several (once
    /// more for each 1,024 steps of the inner loops). 0 leaves it at the heuristics.
    /// </summary>
    public long Nodes { get; init; } = 1_000_000;

    /// <summary>A placement higher than this is of no use: the search for one ends where none can be within, or none within was found.</summary>
    public long MostBytes { get; init; } = long.MaxValue;

    /// <summary>Stops the work with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Which techniques are used; all by default.</summary>
    public PlacementTechniques Techniques { get; init; } = new();
}
