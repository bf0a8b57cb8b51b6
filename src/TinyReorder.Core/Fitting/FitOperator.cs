namespace TinyReorder.Fitting;

/// <summary>An operator with what is live while it runs.</summary>
/// <param name="Subgraph">The index of its subgraph.</param>
/// <param name="Operator">Its index in the file's order; -1 for the moment before the first operator, in which the inputs are held.</param>
/// <param name="Kind">What it is called, such as <c>CONV_2D</c>.</param>
/// <param name="Bytes">The bytes that are live while it runs, scratch buffers included.</param>
internal sealed record FitOperator(int Subgraph, int Operator, string Kind, long Bytes);
