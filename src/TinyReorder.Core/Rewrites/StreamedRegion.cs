namespace TinyReorder.Rewrites;

/// <summary>A region that runs as a loop over rows.</summary>
/// <param name="FirstOperator">Its first operator in the original model.</param>
/// <param name="LastOperator">Its last operator there.</param>
/// <param name="Axis">The axis of the rows: 1 for height, 2 for width.</param>
/// <param name="RowsPerTurn">Rows of its last operator's output that a turn makes.</param>
/// <param name="Turns">How often the body runs.</param>
/// <param name="Form">"stream" where all rows are carried, "loop" where all are computed again, "mixed" between.</param>
/// <param name="Body">The subgraph of the body in the rewritten model.</param>
/// <param name="ComputedAgain">Operators that compute rows again instead of having them carried.</param>
/// <param name="Cut">Windows that keep their own padding, and of whose rows only some are taken.</param>
internal sealed record StreamedRegion(int FirstOperator, int LastOperator, int Axis, int RowsPerTurn, int Turns, string Form, int Body,
    IReadOnlyList<int> ComputedAgain, IReadOnlyList<int> Cut);
