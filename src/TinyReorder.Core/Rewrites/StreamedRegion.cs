namespace TinyReorder.Rewrites;

/// <summary>A region that runs as a loop over rows.</summary>
/// <param name="FirstOperator">Its first operator in the original model.</param>
/// <param name="LastOperator">Its last operator there.</param>
/// <param name="Axis">The axis of the rows: 1 for height, 2 for width.</param>
/// <param name="RowsPerTurn">Rows of its last operator's output that a turn makes.</param>
/// <param name="Turns">How often the body runs.</param>
/// <param name="Body">The subgraph of the body in the rewritten model.</param>
internal sealed record StreamedRegion(int FirstOperator, int LastOperator, int Axis, int RowsPerTurn, int Turns, int Body);
