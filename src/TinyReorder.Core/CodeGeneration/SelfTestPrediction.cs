using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.CodeGeneration;

/// <summary>What a profile says of a model file as it is: its own order, and its own plan where it carries one.</summary>
/// <param name="Abi">The ABI that the figures are of, such as <c>short-enums</c>.</param>
/// <param name="ArenaBytes">The smallest arena.</param>
/// <param name="UsedBytes">What <c>arena_used_bytes()</c> answers.</param>
/// <param name="Exact">Whether both are exact, not upper bounds.</param>
internal sealed record SelfTestPrediction(string Abi, long ArenaBytes, long UsedBytes, bool Exact)
{
    /// <summary>The arena where the library passes over the offline plan that the file carries; null where that makes it no larger, or there is none.</summary>
    public long? UnplannedArenaBytes { get; init; }

    /// <summary>The figures for each ABI that the profile has, that of <paramref name="profile"/> first.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">The model cannot be allocated.</exception>
    public static IReadOnlyList<SelfTestPrediction> All(TfliteModel model, RuntimeProfile profile)
    {
        IEnumerable<TargetAbi> others = profile.FixedAbi is null ? AbiWords.All.Where(abi => abi != profile.Abi) : [];
        return [Of(model, profile), .. others.Select(abi => Of(model, profile with { Abi = abi }))];
    }

    /// <summary>
    /// The figures for <paramref name="model"/> with <paramref name="profile"/>; what was measured of just these bytes comes before what is computed.
    /// </summary>
    /// <exception cref="Diagnostics.TinyReorderException">The model cannot be allocated.</exception>
    public static SelfTestPrediction Of(TfliteModel model, RuntimeProfile profile)
    {
        TflmAllocation allocation = Allocate(model, profile);
        SelfTestPrediction prediction = profile.Measurements.Find(model.Bytes) is { } measured
            ? new SelfTestPrediction(AbiWords.Of(profile.Abi), measured.ArenaBytes, measured.UsedBytes, true)
            : new SelfTestPrediction(AbiWords.Of(profile.Abi), allocation.ArenaBytes, allocation.UsedBytes, allocation.Exact);
        return prediction with { UnplannedArenaBytes = Unplanned(model, profile) is { } bytes && bytes > prediction.ArenaBytes ? bytes : null };
    }

    private static long? Unplanned(TfliteModel model, RuntimeProfile profile)
    {
        if (OfflinePlan.Find(model) is null)
            return null;
        var allocator = new TflmAllocator(model, profile);
        return allocator.Allocate(allocator.FileOrders(), OfflinePlan.AllOnline(model)).ArenaBytes;
    }

    /// <summary>What the interpreter does with the file as it is.</summary>
    internal static TflmAllocation Allocate(TfliteModel model, RuntimeProfile profile)
    {
        var allocator = new TflmAllocator(model, profile);
        return allocator.Allocate(allocator.FileOrders());
    }
}
