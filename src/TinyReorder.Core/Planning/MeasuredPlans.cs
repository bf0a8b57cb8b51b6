using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Measuring;
using TinyReorder.Sizes;

namespace TinyReorder.Planning;

/// <summary>Puts what a device was seen to need in the place of what was computed: for the chosen plan, and for the file as it is.</summary>
internal static class MeasuredPlans
{
    /// <summary>The same plans, those whose very bytes ran on the profile's device with what was measured there.</summary>
    /// <param name="chosen">The chosen plan.</param>
    /// <param name="optimized">The model with that plan.</param>
    /// <param name="plans">All plans, the first of them that of the file as it is.</param>
    /// <param name="original">The file as it is.</param>
    /// <param name="profile">The runtime's profile; null without a runtime.</param>
    public static (ArenaResult Chosen, IReadOnlyList<ArenaResult> Plans) Of(ArenaResult chosen, byte[] optimized, IReadOnlyList<ArenaResult> plans,
        byte[] original, RuntimeProfile? profile)
    {
        // What was measured is of the device's ABI, whichever the user asks for.
        if (profile is null || profile.Measurements.Arenas.Count == 0 || (profile.FixedAbi is { } abi && abi != profile.Abi))
            return (chosen, plans);
        ArenaResult measured = With(chosen, profile.Measurements.Find(optimized));
        List<ArenaResult> all = plans.Select(plan => plan == chosen ? measured : plan).ToList();
        if (!all[0].IsMeasured)
            all[0] = With(all[0], profile.Measurements.Find(original));
        return (measured, all);
    }

    /// <summary>Says why the arena is an upper bound where the device needed something else than the figures explain.</summary>
    public static IEnumerable<Diagnostic> Diagnose(ArenaResult chosen, RuntimeProfile? profile)
    {
        if (chosen.IsMeasured || profile?.Measurements.UnexplainedBytes is not { } unexplained)
            yield break;
        string needed = unexplained > 0 ? Quantity.Bytes(unexplained) + " more" : "less";
        yield return new Diagnostic(
            DiagnosticCodes.ScratchUpperBound,
            DiagnosticSeverity.Message,
            $"the device of the profile {Quote.Text(profile.Id)} needed {needed} than its figures explain, and this model did not run there: the arena is "
                + "an upper bound; run 'tinyreorder selftest' with this model");
    }

    /// <summary>What a device reports cannot be less than what the plan itself takes.</summary>
    private static ArenaResult With(ArenaResult result, MeasuredArena? measured) => measured is null ? result : result with
    {
        ArenaBytes = Math.Max(measured.ArenaBytes, Rounding.Up(result.PlannedBytes + result.ScratchBytes, result.AlignmentBytes)),
        UsedBytes = measured.UsedBytes,
        SharedUsedBytes = measured.UsedBytes + (result.SharedUsedBytes - result.UsedBytes),
        IsMeasured = true,
        AllocationIsExact = true,
        Exact = true,
    };
}
