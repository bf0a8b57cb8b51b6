using System.Globalization;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Optimization;

/// <summary>Which other settings would make a model fit a board that does not hold it.</summary>
internal static class BoardAdvice
{
    private const string ReferenceKernels = "reference";

    /// <summary>Sentences that say what would fit and what it costs, the nearest first; null when none of the settings that were tried does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">The settings with which it does not fit.</param>
    /// <param name="board">The board.</param>
    public static string? Of(TfliteModel model, OptimizationSettings settings, Board board)
    {
        PlanningSettings asked = settings.Planning;
        bool isFixed = asked.Order == OrderChoice.File || OfflinePlan.Find(model) is not null || !TfliteRewriter.CanAddMetadata(model);
        if (!ModelPlanning.IsSmallEnoughForAdvice(model) || isFixed || asked.Runtime is not { } runtime)
            return null;
        PlanningSettings further = asked with
        {
            Plan = PlanChoice.Auto,
            Overlap = OverlapChoice.Diagonal,
            Progress = null,
            SearchTime = AdviceLimits.SearchTime(asked),
        };
        string diagonal = settings.Style.Setting("Overlap", "diagonal");
        if (ByOverlap(model, settings, board, further, diagonal) is { } byOverlap)
            return byOverlap;
        RuntimeProfile found = runtime.Release?.FindKernels(ReferenceKernels) ?? RuntimeProfile.Find(ReferenceKernels);
        RuntimeProfile reference = found with { Abi = runtime.Profile.Abi };
        string words = $"{settings.Style.Setting("Kernels", reference.KernelLibrary)} and {diagonal}";
        string? byKernels = ByOverlap(model, settings, board, further with { Runtime = runtime with { Profile = reference }, Rules = reference }, words);
        string? byStreaming = ByStreaming(model, settings, board, further);
        return byKernels is null || byStreaming is null ? byKernels ?? byStreaming : $"{byKernels} {byStreaming}";
    }

    private static string? ByOverlap(TfliteModel model, OptimizationSettings settings, Board board, PlanningSettings other, string words)
    {
        bool isSame = other.Profile == settings.Planning.Profile && settings.Planning.Overlap == OverlapChoice.Diagonal;
        if (isSame || !AdviceLimits.MayShare(other.Rules))
            return null;
        return Fitting(model, settings with { Board = null, Planning = other, Rewrite = RewriteSettings.Off }, board) is { } result
            ? $"{words} would fit: the arena is then {Quantity.Bytes(result.Constant.Bytes)}." : null;
    }

    private static string? ByStreaming(TfliteModel model, OptimizationSettings settings, Board board, PlanningSettings further)
    {
        RewriteSettings limits = settings.Rewrite;
        if (limits.Choice == RewriteChoice.Stream || model.Subgraphs.Count != 1 || model.Subgraphs[0].Operators.Count > AdviceLimits.MostStreamedOperators)
            return null;
        OverlapChoice overlap = AdviceLimits.MayShare(further.Rules) ? OverlapChoice.Diagonal : settings.Planning.Overlap;
        long leftBytes = board.UsableFlashBytes - settings.ReservedFlashBytes - model.Bytes.Length;
        long mostBytes = Math.Min(Math.Max(limits.MaxFlashBytes, AdviceLimits.MostFlashBytes), leftBytes);
        var streamed = new RewriteSettings(RewriteChoice.Stream, limits.MaxWork, mostBytes) { MostPlans = AdviceLimits.MostPlans };
        if (mostBytes <= 0
            || Fitting(model, settings with { Board = null, Planning = further with { Overlap = overlap }, Rewrite = streamed }, board) is not { } result
            || result.Rewrite is not { Plan: not null } rewrite)
            return null;
        var words = new List<string> { settings.Style.Setting("Rewrite", "stream") };
        if (overlap != settings.Planning.Overlap)
            words.Add(settings.Style.Setting("Overlap", "diagonal"));
        if (rewrite.AddedFlashBytes > limits.MaxFlashBytes)
            words.Add(settings.Style.Setting("MaxFlash", mostBytes.ToString(CultureInfo.InvariantCulture)));
        string all = words.Count == 1 ? words[0] : string.Join(", ", words.Take(words.Count - 1)) + " and " + words[words.Count - 1];
        return $"{all} would fit: the arena is then {Quantity.Bytes(result.Constant.Bytes)}, for "
            + $"{rewrite.WorkRatio.ToString("0.00", CultureInfo.InvariantCulture)} times the predicted work and {Quantity.Bytes(rewrite.AddedFlashBytes)} of flash.";
    }

    /// <summary>The result with other settings where the board holds its arena; null where it does not.</summary>
    private static OptimizationResult? Fitting(TfliteModel model, OptimizationSettings settings, Board board)
    {
        OptimizationResult result = ModelOptimizer.Optimize(model, settings);
        bool hasErrors = result.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return result.Constant.Bytes <= settings.RoomBytes(board) && !hasErrors ? result : null;
    }
}
