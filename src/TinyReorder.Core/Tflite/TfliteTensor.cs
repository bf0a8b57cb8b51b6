namespace TinyReorder.Tflite;

/// <summary>A tensor of a subgraph as the file describes it.</summary>
internal sealed class TfliteTensor
{
    /// <summary>Its index in the subgraph.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Its dimensions; empty for a scalar. Never negative.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>
    /// Its dimensions as they were before the conversion fixed them, -1 for those that were open; empty when the file does not say. The converter writes 1 for
    /// an open dimension into <see cref="Shape"/>.
    /// </summary>
    public IReadOnlyList<int> ShapeSignature { get; init; } = [];

    /// <summary>
    /// Whether the file gives it a negative dimension. Only a tensor that nothing refers to may have one; <see cref="Shape"/> then has 0 in its place.
    /// </summary>
    public bool HasOpenShape { get; init; }

    /// <summary>Its element type.</summary>
    public required TensorType Type { get; init; }

    /// <summary>The index of its buffer in the model.</summary>
    public required int Buffer { get; init; }

    /// <summary>Whether the file holds its data: it stays in flash and takes no arena.</summary>
    public required bool IsConstant { get; init; }

    /// <summary>Whether it keeps its value from one invocation to the next.</summary>
    public required bool IsVariable { get; init; }

    /// <summary>Quantization scales: none, one, or one for each index of <see cref="QuantizedDimension"/>.</summary>
    public required IReadOnlyList<float> Scales { get; init; }

    /// <summary>The number of quantization zero points that the file gives.</summary>
    public required int ZeroPointCount { get; init; }

    /// <summary>The first quantization zero point, 0 when there is none.</summary>
    public required long ZeroPoint { get; init; }

    /// <summary>The dimension that the scales run along.</summary>
    public required int QuantizedDimension { get; init; }

    /// <summary>Whether the tensor has a sparsity description.</summary>
    public required bool IsSparse { get; init; }

    /// <summary>The bytes of its constant data in the file; empty when it has none.</summary>
    internal ArraySegment<byte> ConstantBytes { get; init; } = new([]);

    /// <summary>The product of the dimensions: 1 for a scalar; <see cref="long.MaxValue"/> where it does not fit.</summary>
    public long ElementCount
    {
        get
        {
            long count = 1;
            if (Shape.Contains(0))
                return 0;
            foreach (int dimension in Shape)
                count = count > long.MaxValue / dimension ? long.MaxValue : count * dimension;
            return count;
        }
    }

    /// <summary>
    /// Bytes that the tensor takes in the arena, before any rounding: <see cref="ElementCount"/> times <see cref="TensorTypes.ElementBytes"/>;
    /// <see cref="long.MaxValue"/> where it does not fit.
    /// </summary>
    public long Bytes
    {
        get
        {
            int elementBytes = Type.ElementBytes();
            long elements = ElementCount;
            return elementBytes == 0 ? 0 : elements > long.MaxValue / elementBytes ? long.MaxValue : elements * elementBytes;
        }
    }
}
