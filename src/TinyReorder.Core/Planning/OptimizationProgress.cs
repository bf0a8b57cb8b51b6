using TinyReorder.Diagnostics;

namespace TinyReorder.Planning;

/// <summary>How far a long search for an order has come.</summary>
/// <param name="Subgraph">The subgraph that it is for.</param>
/// <param name="Nodes">States that were expanded.</param>
/// <param name="LowerBoundBytes">No order has a lower peak than this.</param>
internal sealed record OptimizationProgress(int Subgraph, long Nodes, long LowerBoundBytes)
{
    /// <summary>The same in a line for people.</summary>
    public override string ToString() =>
        $"searching an order for subgraph {Subgraph}: {Quantity.Count(Nodes)} states, no peak below {Quantity.Bytes(LowerBoundBytes)}";
}
