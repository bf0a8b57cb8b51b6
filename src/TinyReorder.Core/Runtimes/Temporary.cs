using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>A tensor of which a kernel makes a temporary object while it prepares.</summary>
/// <param name="Operand">The tensor, or all inputs or outputs.</param>
/// <param name="OnlyTypes">Types of the first output for which the kernel does so; null for all.</param>
internal sealed record Temporary(Operand Operand, IReadOnlyList<TensorType>? OnlyTypes)
{
    /// <summary>The tensors of an operator that it stands for.</summary>
    public IEnumerable<TfliteTensor> FindAll(TfliteSubgraph subgraph, TfliteOperator op)
    {
        if (OnlyTypes is not null && !(new Operand(IsOutput: true, 0).Find(subgraph, op) is { } output && OnlyTypes.Contains(output.Type)))
            return [];
        return Operand.FindAll(subgraph, op);
    }
}
