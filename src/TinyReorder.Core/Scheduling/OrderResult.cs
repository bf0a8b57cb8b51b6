namespace TinyReorder.Scheduling;

/// <summary>An order of a graph's operators with what is proven about it.</summary>
/// <param name="Order">Order[i] is the operator that runs i-th.</param>
/// <param name="PeakBytes">Its peak.</param>
/// <param name="LowerBoundBytes">No order has a smaller peak than this.</param>
/// <param name="Nodes">States that were expanded.</param>
/// <param name="Time">Time that it took.</param>
internal sealed record OrderResult(IReadOnlyList<int> Order, long PeakBytes, long LowerBoundBytes, long Nodes, TimeSpan Time)
{
    /// <summary>Other orders of the same peak that came up on the way: where a placement of <see cref="Order"/> leaves gaps, one of these may not.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Alternatives { get; init; } = [];

    /// <summary>Whether the peak meets the lower bound.</summary>
    public bool Proven => PeakBytes == LowerBoundBytes;
}
