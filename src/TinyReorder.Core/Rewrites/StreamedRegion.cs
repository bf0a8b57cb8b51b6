namespace TinyReorder.Rewrites;

/// <summary>A region that is made some rows at a time: as a loop, or in bands.</summary>
/// <param name="FirstOperator">Its first operator in the original model.</param>
/// <param name="LastOperator">Its last operator there.</param>
/// <param name="Axis">The axis of the rows: 1 for height, 2 for width.</param>
/// <param name="RowsPerTurn">Rows of its last operator's output that a turn, or a band, makes.</param>
/// <param name="Turns">How often the body runs, or how many bands there are.</param>
/// <param name="Form">"stream" where all rows are carried, "loop" where all are computed again, "mixed" between; "bands" where nothing is repeated.</param>
/// <param name="Body">The subgraph of the body in the rewritten model; null for bands.</param>
/// <param name="ComputedAgain">Operators that compute rows again instead of having them carried.</param>
/// <param name="Cut">Windows that keep their own padding, and of whose rows only some are taken.</param>
internal sealed record StreamedRegion(int FirstOperator, int LastOperator, int Axis, int RowsPerTurn, int Turns, string Form, int? Body,
    IReadOnlyList<int> ComputedAgain, IReadOnlyList<int> Cut)
{
    /// <summary>The form without control flow: operators of their own for each band.</summary>
    public const string BandsForm = "bands";

    /// <summary>The operators of the rewritten model's first subgraph that make the bands, in their order; none for a loop.</summary>
    public IReadOnlyList<int> Bands { get; init; } = [];
}
