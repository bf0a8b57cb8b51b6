using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Fitting;

/// <summary>Which boards hold some models.</summary>
/// <param name="Models">The models.</param>
/// <param name="Targets">What the boards run, in the order of the first board of each.</param>
/// <param name="Boards">The boards: those that hold the models first, the smallest first; then by what is missing.</param>
/// <param name="Diagnostics">What is to be told of the models, each thing once.</param>
internal sealed record FitReport(
    IReadOnlyList<TfliteModel> Models, IReadOnlyList<FitTarget> Targets, IReadOnlyList<FitBoard> Boards, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The peaks of the models on <paramref name="target"/>.</summary>
    public static IReadOnlyList<FitPeak> PeaksOf(FitTarget target) => [.. target.Results.Select(FitPeak.Of)];

    /// <summary>Whether any board holds the models.</summary>
    public bool AnyFits => Boards.Any(board => board.Fits || board.MayFit);
}
