namespace TinyReorder.Arenas;

/// <summary>Where each buffer lies, and how good that is.</summary>
/// <param name="OffsetBytes">Offsets in bytes, parallel to the items that were given; each is a multiple of the alignment.</param>
/// <param name="HeightBytes">Bytes from offset 0 to the end of the highest buffer, sizes rounded up to the alignment.</param>
/// <param name="LowerBoundBytes">No placement is lower than this.</param>
/// <param name="Proven">Whether height and lower bound meet.</param>
/// <param name="Nodes">Nodes of the exact search that it took; 0 when a heuristic reached the lower bound.</param>
internal sealed record Placement(IReadOnlyList<long> OffsetBytes, long HeightBytes, long LowerBoundBytes, bool Proven, long Nodes);
