namespace TinyReorder.Tflite.Editing;

/// <summary>A tensor that an editor adds to a subgraph.</summary>
internal sealed record NewTensor
{
    /// <summary>Its dimensions.</summary>
    public IReadOnlyList<int> Shape { get; init; } = [];

    /// <summary>Its element type.</summary>
    public TensorType Type { get; init; }

    /// <summary>The index of its buffer; 0, which is empty by convention, for one without data.</summary>
    public int Buffer { get; init; }

    /// <summary>Its name; the interpreter on the device does not read it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The tensor of the file whose table stands here, with all that it says; null for one that is made from the other members.</summary>
    public (int Subgraph, int Tensor)? Table { get; init; }

    /// <summary>The tensor of the file whose quantization it has; null for none.</summary>
    public (int Subgraph, int Tensor)? QuantizationOf { get; init; }
}
