using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Fitting;

/// <summary>Other settings for some of the models, and what all models need then.</summary>
/// <param name="Settings">The settings, as the user writes them.</param>
/// <param name="Models">The models that need them; the others stay as they are.</param>
/// <param name="ArenaBytes">The arenas of all models.</param>
/// <param name="FlashBytes">All models in flash.</param>
/// <param name="WorkRatio">The largest predicted work of a model that is changed, in parts of what it was; 1 where nothing is rewritten.</param>
internal sealed record FitChange(IReadOnlyList<string> Settings, IReadOnlyList<TfliteModel> Models, long ArenaBytes, long FlashBytes, double WorkRatio)
{
    /// <summary>The results of all models, in their order.</summary>
    public required IReadOnlyList<OptimizationResult> Results { get; init; }
}
