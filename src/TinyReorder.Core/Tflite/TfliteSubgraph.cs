namespace TinyReorder.Tflite;

/// <summary>A subgraph of a model as the file describes it.</summary>
internal sealed class TfliteSubgraph
{
    /// <summary>Its index in the model; control-flow operators call it by this number.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Its tensors.</summary>
    public required IReadOnlyList<TfliteTensor> Tensors { get; init; }

    /// <summary>Tensor indices that the caller fills.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Tensor indices that the caller reads.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Its operators in the file's order.</summary>
    public required IReadOnlyList<TfliteOperator> Operators { get; init; }

    /// <summary>Where the first slot of the list of operators stands in the file; 0 when there is no list.</summary>
    internal int OperatorSlots { get; init; }
}
