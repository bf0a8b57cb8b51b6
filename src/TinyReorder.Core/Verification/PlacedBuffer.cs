namespace TinyReorder.Verification;

/// <summary>A buffer at its place in the arena.</summary>
/// <param name="Subgraph">The subgraph of the tensor, or of the operator that the scratch is for.</param>
/// <param name="Tensor">The tensor's index in the subgraph; -1 for scratch.</param>
/// <param name="Operator">The file's index of the operator that the scratch is for; -1 for a tensor.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="OffsetBytes">Its place, from the start of the arena.</param>
internal sealed record PlacedBuffer(int Subgraph, int Tensor, int Operator, long Bytes, long OffsetBytes);
