using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>A model that says the same with less.</summary>
/// <param name="Original">The model as it was.</param>
/// <param name="Model">The simplified one; the file as it was is whole in it.</param>
/// <param name="Steps">What was done, by the operators of the original.</param>
/// <param name="OriginalOperators">For each subgraph, the index in the original of each operator that is left.</param>
internal sealed record SimplifiedModel(
    TfliteModel Original, TfliteModel Model, IReadOnlyList<SimplifiedStep> Steps, IReadOnlyList<IReadOnlyList<int>> OriginalOperators);
