namespace TinyReorder.Planning;

/// <summary>What a plan of ours is tried for.</summary>
/// <param name="Orders">For each subgraph, the file's index of the operator that runs i-th.</param>
/// <param name="Order">Which orders they are.</param>
/// <param name="Nodes">How hard each placement is searched; 0 leaves it at the heuristics.</param>
/// <param name="Shares">What may overlap.</param>
internal sealed record OfflineTrial(ModelOrder Orders, OrderChoice Order, long Nodes, ModelShares Shares);
