using TinyReorder.Diagnostics;
using TinyReorder.Fitting;

namespace TinyReorder;

/// <summary>Which boards hold some models (docs/fit.md).</summary>
public sealed class ModelFit
{
    internal ModelFit(FitReport report)
    {
        var peaks = report.Targets.ToDictionary(target => target, FitReport.PeaksOf);
        Boards = [.. report.Boards.Select(board => new FittedBoard(board, report.Models, board.Target is { } target ? peaks[target] : []))];
        Diagnostics = report.Diagnostics;
    }

    /// <summary>
    /// The boards: those that hold the models first, the smallest first; then those that may, those that would with other settings, and the others by what
    /// is missing.
    /// </summary>
    public IReadOnlyList<FittedBoard> Boards { get; }

    /// <summary>Warnings and errors about the models, each once. Whether a board holds them is not among them.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
