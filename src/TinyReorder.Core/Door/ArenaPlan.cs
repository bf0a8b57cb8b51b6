using TinyReorder.Planning;

namespace TinyReorder;

/// <summary>The arena that the interpreter needs for one order and one way of placing tensors.</summary>
public sealed class ArenaPlan
{
    internal ArenaPlan(ArenaResult arena)
    {
        Order = Kinds.Of(arena.Order);
        Plan = Kinds.Of(arena.Plan);
        Overlap = Kinds.Of(arena.Overlap);
        IsStreamed = arena.IsStreamed;
        IsSimplified = arena.IsSimplified;
        PeakBytes = arena.PeakBytes;
        PlannedBytes = arena.PlannedBytes;
        ScratchBytes = arena.ScratchBytes;
        PersistentBytes = arena.PersistentBytes;
        TotalBytes = arena.ArenaBytes;
        IsExact = arena.Exact;
        Buffers = [.. arena.Buffers.Select(buffer => new PlannedBuffer(buffer))];
    }

    /// <summary>Which order it is for.</summary>
    public OrderKind Order { get; }

    /// <summary>Who places the tensors; never <see cref="PlanKind.Auto"/>.</summary>
    public PlanKind Plan { get; }

    /// <summary>How far tensors share memory.</summary>
    public OverlapKind Overlap { get; }

    /// <summary>Whether it is the plan of a rewritten model with loops, whose subgraphs and tensors its buffers then name.</summary>
    public bool IsStreamed { get; }

    /// <summary>Whether it is the plan of a simplified model without loops, whose tensors its buffers then name.</summary>
    public bool IsSimplified { get; }

    /// <summary>The largest sum of bytes that are live at once, of the subgraph where it is highest.</summary>
    public long PeakBytes { get; }

    /// <summary>The height in bytes of the planned tensors.</summary>
    public long PlannedBytes { get; }

    /// <summary>The bytes that scratch buffers of kernels add to that height.</summary>
    public long ScratchBytes { get; }

    /// <summary>The bytes that the interpreter keeps as long as it lives; 0 without an interpreter.</summary>
    public long PersistentBytes { get; }

    /// <summary>
    /// The arena in bytes, a multiple of 16: the three parts rounded up, or what the interpreter needs while it allocates where that is more.
    /// </summary>
    public long TotalBytes { get; }

    /// <summary>Whether <see cref="TotalBytes"/> is what the interpreter needs to the byte; else it is an upper bound.</summary>
    public bool IsExact { get; }

    /// <summary>Every planned buffer with its lifetime and its offset.</summary>
    public IReadOnlyList<PlannedBuffer> Buffers { get; }
}
