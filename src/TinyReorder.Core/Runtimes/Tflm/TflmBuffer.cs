using TinyReorder.Verification;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>A tensor or scratch buffer that TFLM's memory plan holds.</summary>
internal sealed record TflmBuffer
{
    /// <summary>The subgraph of the tensor or of the operator.</summary>
    public required int Subgraph { get; init; }

    /// <summary>The tensor's index in its subgraph; -1 for scratch.</summary>
    public required int Tensor { get; init; }

    /// <summary>The file's index of the operator that requested the scratch; -1 for a tensor.</summary>
    public required int Operator { get; init; }

    /// <summary>Bytes in the plan: the size rounded up to 16.</summary>
    public required long Bytes { get; init; }

    /// <summary>The first moment of its life on the planner's clock (one tick an operator over all calls); -1 when nothing writes it.</summary>
    public required int First { get; init; }

    /// <summary>The last moment of its life, inclusive; -1 when nothing uses it.</summary>
    public required int Last { get; init; }

    /// <summary>The offset that the file gives it, or null when the device chooses.</summary>
    public long? OfflineOffset { get; init; }

    /// <summary>Bytes from the start of the arena; 0 until it is placed.</summary>
    public long Offset { get; init; }

    /// <summary>Whether it is a scratch buffer.</summary>
    public bool IsScratch => Tensor < 0;

    /// <summary>The buffer at its place, as a verifier wants it.</summary>
    public PlacedBuffer Placed => new(Subgraph, Tensor, Operator, Bytes, Offset);
}
