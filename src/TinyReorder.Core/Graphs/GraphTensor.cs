namespace TinyReorder.Graphs;

/// <summary>An activation tensor: an input of the subgraph or an output of an operator, without constant data.</summary>
internal sealed record GraphTensor
{
    /// <summary>Its position in <see cref="Graph.Tensors"/>.</summary>
    public required int Id { get; init; }

    /// <summary>Its index in the subgraph of the file.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes that count towards the peak, already rounded where the graph was built so.</summary>
    public required long Bytes { get; init; }

    /// <summary>The operator that writes it; -1 for an input of the subgraph.</summary>
    public required int Producer { get; init; }

    /// <summary>The operators that read it, each once, ascending.</summary>
    public required IReadOnlyList<int> Consumers { get; init; }

    /// <summary>Whether it is an output of the subgraph, which lives to the end.</summary>
    public required bool IsOutput { get; init; }

    /// <summary>Whether it is an input of the subgraph, which lives from the start.</summary>
    public bool IsInput => Producer < 0;
}
