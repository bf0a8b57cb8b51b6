using TinyReorder.Optimization;

namespace TinyReorder;

/// <summary>The order that was found for one subgraph.</summary>
public sealed class ReorderedSubgraph
{
    internal ReorderedSubgraph(SubgraphResult result)
    {
        Index = result.Index;
        Name = result.Name;
        Order = result.Order;
        FilePeakBytes = result.DefaultPeakBytes;
        PeakBytes = result.PeakBytes;
        LowerBoundBytes = result.LowerBoundBytes;
        IsProven = result.Proven;
        SearchTime = result.SearchTime;
    }

    /// <summary>Its index in the model.</summary>
    public int Index { get; }

    /// <summary>Its name as the file has it; may be empty.</summary>
    public string Name { get; }

    /// <summary>The order: <c>Order[i]</c> is the index in the file's order of the operator that runs i-th.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>The peak of the file's order in bytes: the largest sum of bytes that are live at once.</summary>
    public long FilePeakBytes { get; }

    /// <summary>The peak of <see cref="Order"/> in bytes.</summary>
    public long PeakBytes { get; }

    /// <summary>No order has a peak below this many bytes.</summary>
    public long LowerBoundBytes { get; }

    /// <summary>Whether no order has a lower peak than <see cref="Order"/>.</summary>
    public bool IsProven { get; }

    /// <summary>The time that the search took.</summary>
    public TimeSpan SearchTime { get; }
}
