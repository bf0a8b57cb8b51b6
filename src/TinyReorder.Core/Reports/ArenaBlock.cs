namespace TinyReorder.Reports;

/// <summary>A rectangle of the arena picture: a tensor or a scratch buffer at its offset for its lifetime.</summary>
internal sealed record ArenaBlock
{
    /// <summary>The subgraph of the tensor or of the operator.</summary>
    public required int Subgraph { get; init; }

    /// <summary>The tensor's index in its subgraph; -1 for scratch.</summary>
    public required int Tensor { get; init; }

    /// <summary>The operator that the scratch is for; -1 for a tensor.</summary>
    public required int Operator { get; init; }

    /// <summary>The tensor's name, or the operator's kind.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required TensorRole Role { get; init; }

    /// <summary>Bytes in the plan, rounded as the runtime rounds.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes from the start of the arena.</summary>
    public required long OffsetBytes { get; init; }

    /// <summary>The first moment of its life on the planner's clock; -1 where the planner sees nothing that writes it.</summary>
    public required int First { get; init; }

    /// <summary>The last moment of its life, inclusive.</summary>
    public required int Last { get; init; }

    /// <summary>What it is called where there is little room: <c>t5</c>, <c>1:t5</c> in a later subgraph, <c>scratch</c>.</summary>
    public string ShortName => (Subgraph > 0 ? $"{Subgraph}:" : "") + (Tensor < 0 ? "scratch" : $"t{Tensor}");
}
