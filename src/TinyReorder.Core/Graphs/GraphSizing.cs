using TinyReorder.Sizes;

namespace TinyReorder.Graphs;

/// <summary>How bytes are counted when a subgraph becomes a <see cref="Graph"/>.</summary>
internal sealed record GraphSizing
{
    /// <summary>Plain sums of bytes: what the paper and the tools of the field count.</summary>
    public static GraphSizing Plain { get; } = new();

    /// <summary>Each tensor counts rounded up to a multiple of this.</summary>
    public long GranularityBytes { get; init; } = 1;

    /// <summary>Whether outputs of VAR_HANDLE count; TensorFlow Lite Micro does not plan them.</summary>
    public bool CountsVariableHandles { get; init; } = true;

    /// <summary>Bytes reserved while an operator (subgraph, operator) runs, already rounded.</summary>
    public Func<int, int, long> ReservedBytes { get; init; } = (_, _) => 0;

    /// <summary>What the operator (subgraph, operator) may share.</summary>
    public Func<int, int, IReadOnlyList<TensorShare>> Shares { get; init; } = (_, _) => [];

    /// <summary>Whether the tensor (subgraph, tensor) takes no bytes of its own, because it lies where another one does.</summary>
    public Func<int, int, bool> IsUncounted { get; init; } = (_, _) => false;

    /// <summary>Whether inputs of the first subgraph are held to the end.</summary>
    public bool KeepsInputs { get; init; }

    /// <summary><paramref name="bytes"/> rounded up to the granularity.</summary>
    public long Round(long bytes) => Rounding.Up(bytes, GranularityBytes);
}
