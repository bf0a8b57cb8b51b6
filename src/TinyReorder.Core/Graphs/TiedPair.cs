namespace TinyReorder.Graphs;

/// <summary>Two tensors, or the groups that they are tied to, that may have bytes in common while both live: every turn reads before it writes there.</summary>
/// <param name="Upper">The one that starts higher, or at the same offset.</param>
/// <param name="Lower">The other one.</param>
/// <param name="DistanceBytes">How far their starts are apart, at least.</param>
/// <param name="IsExact">Whether exactly so far.</param>
internal sealed record TiedPair((int Subgraph, int Tensor) Upper, (int Subgraph, int Tensor) Lower, long DistanceBytes, bool IsExact);
