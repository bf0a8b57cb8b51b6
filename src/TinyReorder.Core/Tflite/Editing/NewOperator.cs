namespace TinyReorder.Tflite.Editing;

/// <summary>An operator that an editor adds to a subgraph.</summary>
internal sealed record NewOperator
{
    /// <summary>The index of its operator code.</summary>
    public required int Code { get; init; }

    /// <summary>Tensor indices that it reads; -1 stands for an omitted one.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Tensor indices that it writes.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Options of its own; null for none.</summary>
    public NewOptions? Options { get; init; }

    /// <summary>The operator of the file whose options it has, with its intermediate tensors; where it has none of its own.</summary>
    public (int Subgraph, int Operator)? OptionsOf { get; init; }
}
