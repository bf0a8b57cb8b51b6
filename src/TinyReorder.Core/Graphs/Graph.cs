namespace TinyReorder.Graphs;

/// <summary>
/// What the order of a subgraph's operators is decided on: activation tensors with their bytes, operators, and which operator must precede which.
/// </summary>
internal sealed class Graph
{
    /// <summary>A graph of <paramref name="tensors"/> and <paramref name="operators"/> that refer to each other consistently.</summary>
    internal Graph(IReadOnlyList<GraphTensor> tensors, IReadOnlyList<GraphOperator> operators)
    {
        Tensors = tensors;
        Operators = operators;
    }

    /// <summary>The activation tensors.</summary>
    public IReadOnlyList<GraphTensor> Tensors { get; }

    /// <summary>The operators in the file's order, which is a valid one.</summary>
    public IReadOnlyList<GraphOperator> Operators { get; }

    /// <summary>Bytes of all inputs, read or not: what is held before the first operator runs.</summary>
    public long InitialBytes => Tensors.Where(tensor => tensor.IsInput).Sum(tensor => tensor.Bytes);
}
