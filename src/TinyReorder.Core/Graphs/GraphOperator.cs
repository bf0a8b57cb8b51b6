namespace TinyReorder.Graphs;

/// <summary>An operator of a <see cref="Graph"/>; its inputs and outputs are activation tensors only.</summary>
internal sealed record GraphOperator
{
    /// <summary>Its index in the file's order, which is its position in <see cref="Graph.Operators"/>.</summary>
    public required int Index { get; init; }

    /// <summary>What it is called, such as <c>CONV_2D</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Positions of the tensors that it reads, each once, ascending.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Positions of the tensors that it writes, each once, ascending.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Operators that must run before it: producers of its inputs and whatever else has to keep its place; each once, ascending.</summary>
    public required IReadOnlyList<int> Predecessors { get; init; }

    /// <summary>Operators that must run after it; each once, ascending.</summary>
    public required IReadOnlyList<int> Successors { get; init; }

    /// <summary>Bytes that it needs besides its tensors while it runs (scratch buffers), rounded as the tensors are.</summary>
    public required long ReservedBytes { get; init; }

    /// <summary>Pairs of an input, where it dies here, and an output that may lie on common bytes; inputs that live to the end are not among them.</summary>
    public IReadOnlyList<GraphShare> Shares { get; init; } = [];
}
