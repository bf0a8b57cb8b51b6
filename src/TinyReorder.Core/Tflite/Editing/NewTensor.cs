namespace TinyReorder.Tflite.Editing;

/// <summary>A tensor that an editor adds to a subgraph.</summary>
internal sealed record NewTensor
{
    /// <summary>Its dimensions.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>Its element type.</summary>
    public required TensorType Type { get; init; }

    /// <summary>The index of its buffer; 0, which is empty by convention, for one without data.</summary>
    public int Buffer { get; init; }

    /// <summary>Its name; the interpreter on the device does not read it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The tensor of the file whose quantization it has; null for none.</summary>
    public (int Subgraph, int Tensor)? QuantizationOf { get; init; }
}
