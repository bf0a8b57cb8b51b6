namespace TinyReorder.Graphs;

/// <summary>
/// What a kernel allows while its operator runs: an input that dies there and an output may lie on common bytes, as long as their starts keep a distance.
/// Disjoint places are always allowed as well.
/// </summary>
/// <param name="Input">The index in the subgraph of a tensor that the operator reads.</param>
/// <param name="Output">The index in the subgraph of a tensor that the operator writes.</param>
/// <param name="DistanceBytes">
/// How far the input starts above the output, at least: offset(input) - offset(output) &gt;= distance. Where <paramref name="IsExact"/>: exactly, and it is
/// negative where the output is a slice of the input.
/// </param>
/// <param name="IsExact">Whether only this very distance is safe.</param>
internal sealed record TensorShare(int Input, int Output, long DistanceBytes, bool IsExact);
