using TinyReorder.Graphs;

namespace TinyReorder.Optimization;

/// <summary>What was found for one subgraph.</summary>
internal sealed record SubgraphResult
{
    /// <summary>Its index in the model.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>The graph on which the order was decided; bytes as the runtime counts them.</summary>
    public required Graph Graph { get; init; }

    /// <summary>The graph of <see cref="DefaultMap"/>: with what a plan that the file carries lets share memory.</summary>
    public required Graph DefaultGraph { get; init; }

    /// <summary>Order[i] is the file's index of the operator that runs i-th.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>The memory of the file's order, as the file is.</summary>
    public required MemoryMap DefaultMap { get; init; }

    /// <summary>The memory of <see cref="Order"/>.</summary>
    public required MemoryMap Map { get; init; }

    /// <summary>No order has a peak below this many bytes.</summary>
    public required long LowerBoundBytes { get; init; }

    /// <summary>The time that the search took.</summary>
    public required TimeSpan SearchTime { get; init; }

    /// <summary>States that the search expanded.</summary>
    public required long SearchNodes { get; init; }

    /// <summary>The peak of the model as it was, in its file's order, where this is the subgraph of a rewritten one; else null.</summary>
    public long? OriginalPeakBytes { get; init; }

    /// <summary>Peak of the file's order in bytes.</summary>
    public long DefaultPeakBytes => OriginalPeakBytes ?? DefaultMap.PeakBytes;

    /// <summary>Peak of <see cref="Order"/> in bytes.</summary>
    public long PeakBytes => Map.PeakBytes;

    /// <summary>Whether no order is cheaper than <see cref="Order"/>.</summary>
    public bool Proven => PeakBytes == LowerBoundBytes;
}
