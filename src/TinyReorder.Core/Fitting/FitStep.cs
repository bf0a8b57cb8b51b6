using TinyReorder.Optimization;

namespace TinyReorder.Fitting;

/// <summary>A change of settings that may make models fit.</summary>
/// <param name="Words">The settings, as the user writes them.</param>
/// <param name="Settings">All settings with the change.</param>
internal sealed record FitStep(IReadOnlyList<string> Words, OptimizationSettings Settings);
