using TinyReorder.Graphs;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites;

/// <summary>A model in which regions run as loops.</summary>
/// <param name="Original">The model as it was.</param>
/// <param name="Model">The rewritten one.</param>
/// <param name="Ties">What has to lie, or may lie, on each other in a plan of it.</param>
/// <param name="Regions">The regions, in the order in which they run.</param>
/// <param name="Dilated">Convolutions of one pixel that have a dilation of 2.</param>
internal sealed record RewrittenModel(TfliteModel Original, TfliteModel Model, TensorTies Ties, IReadOnlyList<StreamedRegion> Regions, IReadOnlyList<int> Dilated)
{
    /// <summary>Which operator of the original each operator works for, by subgraph and operator of <see cref="Model"/>; null for none.</summary>
    public IReadOnlyList<IReadOnlyList<OperatorOrigin?>> Origins { get; init; } = [];

    /// <summary>How often the body of each loop runs, by its subgraph.</summary>
    public IReadOnlyDictionary<int, long> TurnsOfBody { get; } =
        Regions.Where(region => region.Body is not null).ToDictionary(region => region.Body!.Value, region => (long)region.Turns);

    /// <summary>Whether a region runs in bands, so that the order of the first subgraph counts.</summary>
    public bool HasBands { get; } = Regions.Any(region => region.Body is null);

    /// <summary>The regions as the verifier takes them: with the subgraph of a loop's body, or the operators of bands.</summary>
    public IReadOnlyList<(int First, int Last, int Axis, int? Body, IReadOnlyList<int> Bands)> Loops => [.. Regions.Select(region =>
        (region.FirstOperator, region.LastOperator, region.Axis, region.Body, region.Bands))];
}
