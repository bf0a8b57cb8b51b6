namespace TinyReorder.Rewrites.Regions;

/// <summary>Some rows of a region's outputs, and what they are made of.</summary>
/// <param name="Targets">The rows of each output.</param>
/// <param name="Taken">The rows that are taken of each input of the region.</param>
/// <param name="Steps">What each operator of the region does, in their order.</param>
internal sealed record Band(IReadOnlyDictionary<int, RowRange> Targets, IReadOnlyDictionary<int, RowRange> Taken, IReadOnlyList<BandStep> Steps);
