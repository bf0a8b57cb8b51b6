using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Fitting;

/// <summary>What runs on one or several boards, with what each model needs there: planned once, however many boards have it.</summary>
/// <param name="Settings">How the models are planned; without a board.</param>
/// <param name="Results">The results, a model each.</param>
internal sealed record FitTarget(OptimizationSettings Settings, IReadOnlyList<OptimizationResult> Results)
{
    /// <summary>The library with its version; null where no interpreter runs.</summary>
    public string? Library => Results[0].Arena.Library;

    /// <summary>The kernel library, or <c>none</c>.</summary>
    public string Kernels => Results[0].Arena.HasRuntime ? Results[0].Arena.Kernels : ArenaResult.NoRuntime;

    /// <summary>The ABI; null where no interpreter runs.</summary>
    public TargetAbi? Abi => Results[0].Arena.Abi;

    /// <summary>The arenas of all models, as the generated code names them.</summary>
    public long ArenaBytes => Results.Sum(result => result.Constant.Bytes);

    /// <summary>What of them is allowed for operators that no profile knows.</summary>
    public long AllowanceBytes => Results.Sum(result => result.Constant.AllowanceBytes);

    /// <summary>All models in flash.</summary>
    public long FlashBytes => Results.Sum(result => (long)result.OptimizedModel.Length);

    /// <summary>What two boards have to share to be one target.</summary>
    public static string KeyOf(OptimizationSettings settings) => settings.Planning.Runtime is { } runtime
        ? $"{runtime.Library}|{runtime.Profile.Id}|{runtime.Profile.Abi}|{runtime.IsVersionKnown}|{runtime.IsMeasured}|{runtime.IsAbiSettled}"
        : $"{ArenaResult.NoRuntime}|{settings.Planning.Rules.Id}";
}
