using System.Globalization;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Fitting;

/// <summary>The changes of settings that are tried for a target, what costs least first: nothing, then flash and work, then slower kernels.</summary>
internal static class FitSteps
{
    private const double MuchWork = 2;
    private const string ReferenceKernels = "reference";

    /// <summary>The changes for <paramref name="target"/>.</summary>
    public static IReadOnlyList<FitStep> Of(FitTarget target)
    {
        OptimizationSettings settings = target.Settings;
        PlanningSettings asked = settings.Planning;
        if (asked.Order == OrderChoice.File || asked.Runtime is not { } runtime)
            return [];
        RewriteSettings given = settings.Rewrite;
        var steps = new List<FitStep>();
        var words = new List<string>();
        if (asked.Plan == PlanChoice.Device)
            words.Add(settings.Style.Setting("Plan", ChoiceWords.Of(PlanChoice.Auto)));
        OverlapChoice overlap = AdviceLimits.MayShare(asked.Rules) ? OverlapChoice.Diagonal : asked.Overlap;
        if (overlap > asked.Overlap)
            words.Add(settings.Style.Setting("Overlap", ChoiceWords.Of(overlap)));
        PlanningSettings further = asked with
        {
            Plan = PlanChoice.Auto,
            Overlap = overlap,
            OverlapIfKnown = OverlapChoice.None,
            Progress = null,
            SearchTime = AdviceLimits.SearchTime(asked),
        };
        if (words.Count > 0)
            Add(settings.Rewrite);
        if (settings.Rewrite.Choice == RewriteChoice.Off)
            Add(settings.Rewrite with { Choice = RewriteChoice.Simplify });
        if (given.Choice != RewriteChoice.Stream)
            Add(Stream(given.MaxWork, given.MaxFlashBytes));
        if (given.MaxFlashBytes < AdviceLimits.MostFlashBytes)
            Add(Stream(given.MaxWork, AdviceLimits.MostFlashBytes));
        if (given.MaxWork < MuchWork)
            Add(Stream(MuchWork, Math.Max(given.MaxFlashBytes, AdviceLimits.MostFlashBytes)));
        if (ReferenceOf(runtime) is { } reference)
        {
            PlanningSettings slower = further with
            {
                Runtime = runtime with { Profile = reference },
                Rules = reference,
                Overlap = AdviceLimits.MayShare(reference) ? OverlapChoice.Diagonal : OverlapChoice.None,
            };
            steps.Add(new FitStep([settings.Style.Setting("Kernels", reference.KernelLibrary), .. words.Count > 0 || slower.Overlap > asked.Overlap
                ? [settings.Style.Setting("Overlap", ChoiceWords.Of(slower.Overlap))] : Array.Empty<string>()], settings with { Planning = slower }));
        }
        return steps;

        RewriteSettings Stream(double work, long flashBytes) =>
            given with { Choice = RewriteChoice.Stream, MaxWork = work, MaxFlashBytes = flashBytes, MostPlans = AdviceLimits.MostPlans };

        void Add(RewriteSettings rewrite)
        {
            var all = new List<string>(words);
            if (rewrite.Choice != given.Choice)
                all.Add(settings.Style.Setting("Rewrite", ChoiceWords.Of(rewrite.Choice)));
            if (rewrite.MaxFlashBytes != given.MaxFlashBytes)
                all.Add(settings.Style.Setting("MaxFlash", rewrite.MaxFlashBytes.ToString(CultureInfo.InvariantCulture)));
            if (rewrite.MaxWork > given.MaxWork)
                all.Add(settings.Style.Setting("MaxWork", rewrite.MaxWork.ToString("R", CultureInfo.InvariantCulture)));
            steps.Add(new FitStep(all, settings with { Planning = further, Rewrite = rewrite }));
        }
    }

    /// <summary>Whether a change can be tried for <paramref name="model"/> in a moment.</summary>
    public static bool MayHelp(TfliteModel model, FitStep step) =>
        ModelPlanning.IsSmallEnoughForAdvice(model) && OfflinePlan.Find(model) is null && TfliteRewriter.CanAddMetadata(model)
        && (step.Settings.Rewrite.Choice == RewriteChoice.Off
            || (model.Subgraphs.Count == 1 && model.Subgraphs[0].Operators.Count <= AdviceLimits.MostStreamedOperators));

    /// <summary>The reference kernels of the same release; null where those are taken already.</summary>
    private static RuntimeProfile? ReferenceOf(RuntimeChoice runtime)
    {
        if (runtime.Release is not { } release || runtime.Profile.IsOfLibrary(ReferenceKernels))
            return null;
        return release.FindKernels(ReferenceKernels) is { } found ? found with { Abi = runtime.Profile.Abi } : null;
    }
}
