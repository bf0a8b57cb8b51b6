using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>Says what is assumed about the device, and which line of the project would make it known.</summary>
internal static class RuntimeHints
{
    /// <summary>The sentences for the chosen plan.</summary>
    public static IReadOnlyList<string> Of(OptimizationSettings settings, ArenaResult chosen, IReadOnlyList<ArenaResult> plans)
    {
        RuntimeChoice runtime = settings.Planning.Runtime!;
        var hints = new List<string>();
        if (!runtime.IsAbiSettled)
        {
            string other = AbiWords.Of(runtime.Others.Select(profile => profile.Abi).First(abi => abi != runtime.Profile.Abi));
            hints.Add($"the arena is that of {AbiWords.Of(runtime.Profile.Abi)}, the constant holds for {other} too: {settings.Style.Name("Board")} or "
                + $"{settings.Style.Setting("Abi", AbiWords.Of(runtime.Profile.Abi))} makes it exact");
        }
        if (runtime is { IsVersionKnown: false, IsMeasured: true, Release: { } release })
            hints.Add(OfVersion(settings, chosen, plans, release));
        return hints;
    }

    private static string OfVersion(OptimizationSettings settings, ArenaResult chosen, IReadOnlyList<ArenaResult> plans, Release release)
    {
        string assumed = settings.Board is { } board ? $"{board.Id}: {release.Name} is assumed, what its users install today" : $"{release.Name} is assumed";
        ArenaResult? best = plans.Where(plan => plan.Order == chosen.Order && plan.Plan != PlanChoice.Own && plan.Overlap <= settings.Planning.OverlapIfKnown)
            .OrderBy(plan => plan.ArenaBytes).FirstOrDefault();
        long savedBytes = settings.Planning.OverlapIfKnown > settings.Planning.Overlap && best is not null ? chosen.ArenaBytes - best.ArenaBytes : 0;
        string gain = savedBytes > 0 ? $" and saves another {Quantity.Bytes(savedBytes)} by {ChoiceWords.Of(best!.Overlap)} overlap" : "";
        return $"{assumed}; {settings.Style.Setting("Runtime", release.Name)} confirms it{gain}";
    }
}
