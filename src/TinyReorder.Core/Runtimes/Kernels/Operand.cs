using System.Globalization;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>An input or output of an operator by its position.</summary>
/// <param name="IsOutput">Whether it is an output.</param>
/// <param name="Position">Its position among the inputs or outputs, or <see cref="Every"/>.</param>
internal readonly record struct Operand(bool IsOutput, int Position)
{
    /// <inheritdoc/>
    public override string ToString() => (IsOutput ? "output" : "input") + (Position == Every ? "s" : " " + Position.ToString(CultureInfo.InvariantCulture));

    /// <summary>The position that stands for every input or output.</summary>
    public const int Every = -1;

    /// <summary>The tensors that it stands for; omitted ones are left out.</summary>
    public IEnumerable<TfliteTensor> FindAll(TfliteSubgraph subgraph, TfliteOperator op)
    {
        if (Position == Every)
            return (IsOutput ? op.Outputs : op.Inputs).Where(tensor => tensor >= 0).Select(tensor => subgraph.Tensors[tensor]);
        return Find(subgraph, op) is { } found ? [found] : [];
    }

    /// <summary>The tensor, or null when the operator has none there.</summary>
    public TfliteTensor? Find(TfliteSubgraph subgraph, TfliteOperator op)
    {
        IReadOnlyList<int> tensors = IsOutput ? op.Outputs : op.Inputs;
        return Position < tensors.Count && tensors[Position] >= 0 ? subgraph.Tensors[tensors[Position]] : null;
    }
}
