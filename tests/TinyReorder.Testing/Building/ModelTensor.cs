using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>A tensor of a model that is being built.</summary>
public sealed class ModelTensor
{
    public required SubgraphBuilder Subgraph { get; init; }

    /// <summary>Its index in the subgraph.</summary>
    public required int Index { get; init; }

    public string Name { get; set; } = "";

    public int[] Shape { get; set; } = [];

    /// <summary>The shape with -1 for dimensions that were free when the model was converted; null leaves it out.</summary>
    public int[]? ShapeSignature { get; set; }

    internal TensorType Type { get; set; }

    public Quantization? Quantization { get; set; }

    /// <summary>The data of a constant; null for an activation.</summary>
    public byte[]? Data { get; set; }

    /// <summary>How a sparse constant is laid out, as the schema's table SparsityParameters; null for a dense one.</summary>
    public FlatTableNode? Sparsity { get; set; }

    /// <summary>Whether it keeps its value between invocations (is_variable).</summary>
    public bool IsVariable { get; set; }

    /// <summary>The size of dimension <paramref name="dimension"/>; negative numbers count from the last.</summary>
    public int Size(int dimension) => Shape[dimension < 0 ? Shape.Length + dimension : dimension];

    public int Elements => Shape.Aggregate(1, (product, size) => product * size);
}
