namespace TinyReorder.Arenas;

/// <summary>
/// The techniques of the placer, each of which can be switched off. None changes the height of a placement that is proven; they
/// change how long it takes. The first six follow Moffitt, "MiniMalloc" (ASPLOS 2023).
/// </summary>
internal sealed record PlacementTechniques
{
    /// <summary>Greedy placements before the exact search, which ends the work where one of them meets the lower bound.</summary>
    public bool Heuristics { get; init; } = true;

    /// <summary>Only placements whose offsets do not decrease along the search, ties by rank: one path to each packing.</summary>
    public bool Canonical { get; init; } = true;

    /// <summary>No buffer starts where another open one would have fitted whole below it.</summary>
    public bool Dominance { get; init; } = true;

    /// <summary>A section (a set of buffers live together) with its floor and the bytes still to come must fit the capacity.</summary>
    public bool SectionBound { get; init; } = true;

    /// <summary>The floor of a section is the lowest offset open to its buffers, not just the top of what lies in it.</summary>
    public bool FloorOfOpen { get; init; } = true;

    /// <summary>The floor of every section is at least the offset placed last.</summary>
    public bool MonotoneFloor { get; init; } = true;

    /// <summary>When the open buffers fall apart in time, each part is solved on its own.</summary>
    public bool Decomposition { get; init; } = true;

    /// <summary>A buffer with no open buffer beside it in time stays where it falls: alternatives to it are not tried.</summary>
    public bool ForcedTop { get; init; } = true;

    /// <summary>A buffer that was passed over has to end on top of one that is still to come, which raises what it can reach.</summary>
    public bool Lifting { get; init; } = true;

    /// <summary>Within a section, each subset of buffers that starts above a level must fit above that level.</summary>
    public bool LevelBound { get; init; } = true;

    /// <summary>Of buffers with the same size and lifetime the first in rank lies lowest.</summary>
    public bool Symmetry { get; init; } = true;

    /// <summary>States known to fail are remembered and not searched twice.</summary>
    public bool Memo { get; init; } = true;

    /// <summary>Where items share: trees of items that are live together raise the lower bound, and are placed outright where there is no more.</summary>
    public bool Trees { get; init; } = true;

    /// <summary>Where items share: going through time with all offsets that are still possible, which decides where few items are live together.</summary>
    public bool Zones { get; init; } = true;

    /// <summary>Several rankings of the buffers take turns with growing budgets; otherwise only the first is used.</summary>
    public bool ManyRankings { get; init; } = true;
}
