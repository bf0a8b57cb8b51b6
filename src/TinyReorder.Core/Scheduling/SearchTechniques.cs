namespace TinyReorder.Scheduling;

/// <summary>
/// Which techniques the order search uses. Each can be switched off; the peak found is the same in every combination, only the effort differs.
/// docs/algorithm.md says why each is safe.
/// </summary>
internal sealed record SearchTechniques
{
    /// <summary>An operator that fits and frees at least what it allocates runs at once.</summary>
    public bool ForcedMoves { get; init; } = true;

    /// <summary>A state that holds no more than an earlier one on its path, and nothing between them holds less, replaces that earlier one.</summary>
    public bool Valleys { get; init; } = true;

    /// <summary>An operator whose delay can cost nothing runs only together with one that needs it.</summary>
    public bool LazyOperators { get; init; } = true;

    /// <summary>The search is split where every order must have executed the same operators.</summary>
    public bool CutStates { get; init; } = true;

    /// <summary>A state that was met before is not explored again.</summary>
    public bool Dominance { get; init; } = true;

    /// <summary>The search starts at the largest lower bound instead of at zero.</summary>
    public bool LowerBounds { get; init; } = true;

    /// <summary>The lower bound counts what any order must hold while an operator runs (a minimum cut), not only the operator's own tensors.</summary>
    public bool CutLowerBounds { get; init; } = true;

    /// <summary>Short searches halve what is open between the bounds before the exhaustive one.</summary>
    public bool Approaches { get; init; } = true;

    /// <summary>The search also works from the end of the order, in turns with the one from its begin.</summary>
    public bool BothEnds { get; init; } = true;

    /// <summary>Peaks are multiples of what all sizes are multiples of, and so are bounds.</summary>
    public bool WholeUnits { get; init; } = true;

    /// <summary>Orders made greedily come first; when one meets the lower bound there is no search.</summary>
    public bool GreedyOrders { get; init; } = true;
}
