namespace TinyReorder.Scheduling;

/// <summary>What a search for an order may use. When a limit is hit, the best order found comes with the lower bound proven so far.</summary>
internal sealed record SearchLimits
{
    /// <summary>Wall-clock time.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes for the states that are remembered, approximately.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>States to expand.</summary>
    public long Nodes { get; init; } = long.MaxValue;

    /// <summary>Ends the search with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told the nodes expanded and the lower bound in bytes, about once a second in a long search.</summary>
    public Action<long, long>? Progress { get; init; }
}
