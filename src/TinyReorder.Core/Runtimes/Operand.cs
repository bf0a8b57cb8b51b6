using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>An input or output of an operator by its position.</summary>
/// <param name="IsOutput">Whether it is an output.</param>
/// <param name="Position">Its position among the inputs or outputs.</param>
internal readonly record struct Operand(bool IsOutput, int Position)
{
    /// <summary>The tensor, or null when the operator has none there.</summary>
    public TfliteTensor? Find(TfliteSubgraph subgraph, TfliteOperator op)
    {
        IReadOnlyList<int> tensors = IsOutput ? op.Outputs : op.Inputs;
        return Position < tensors.Count && tensors[Position] >= 0 ? subgraph.Tensors[tensors[Position]] : null;
    }
}
