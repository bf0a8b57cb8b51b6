using TinyReorder.Boards;

namespace TinyReorder.Fitting;

/// <summary>Whether the models fit one board.</summary>
/// <param name="Board">The board.</param>
internal sealed record FitBoard(Board Board)
{
    /// <summary>What runs there; null where nothing that was asked for does.</summary>
    public FitTarget? Target { get; init; }

    /// <summary>Why nothing runs there; null where something does.</summary>
    public string? Refusal { get; init; }

    /// <summary>What is needed and what there is; null where nothing runs.</summary>
    public BoardFit? Fit { get; init; }

    /// <summary>The cheapest change of settings with which the models fit; null where they do as it is, and where none is known.</summary>
    public FitChange? Change { get; init; }

    /// <summary>Whether the models fit as it is.</summary>
    public bool Fits => Fit is { Fits: true };

    /// <summary>Whether they would fit but for what is allowed for operators that no profile knows.</summary>
    public bool MayFit => Fit is { OnlyAllowanceExceeds: true, FlashMissingBytes: 0 };

    /// <summary>
    /// For each model the operators that would have to shrink, by how many bytes each, where that model alone is to free what is missing of the SRAM.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<(FitOperator Operator, long Bytes)>> ToShrink(IReadOnlyList<FitPeak> peaks) =>
        [.. peaks.Select(peak => peak.ToShrink(Fit?.SramMissingBytes ?? 0))];
}
