using TinyReorder.Planning;

namespace TinyReorder;

/// <summary>How far a long search for an order has come.</summary>
public sealed class ReorderProgress
{
    internal ReorderProgress(OptimizationProgress progress) =>
        (Subgraph, States, LowerBoundBytes) = (progress.Subgraph, progress.Nodes, progress.LowerBoundBytes);

    /// <summary>The index of the subgraph that it is for.</summary>
    public int Subgraph { get; }

    /// <summary>The states of the search that were expanded.</summary>
    public long States { get; }

    /// <summary>No order of the subgraph has a lower peak than this many bytes.</summary>
    public long LowerBoundBytes { get; }
}
