namespace TinyReorder.Reports;

/// <summary>The moment at which an operator begins for the first time.</summary>
/// <param name="Moment">On the planner's clock.</param>
/// <param name="Subgraph">The operator's subgraph.</param>
/// <param name="Operator">The file's index of the operator.</param>
/// <param name="Kind">What it is called.</param>
internal sealed record ArenaMoment(int Moment, int Subgraph, int Operator, string Kind)
{
    /// <summary>What it is in the original of a rewritten model; empty where there is nothing to say.</summary>
    public string Original { get; init; } = "";
}
