using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>An operator that runs: its tensors where they lie, and its options.</summary>
internal sealed class OperatorCall(ArenaInterpreter interpreter, TfliteSubgraph subgraph, TfliteOperator operation)
{
    public string Kind => operation.Kind;

    public OperatorOptions Options => operation.Options;

    public int InputCount => operation.Inputs.Count;

    public int OutputCount => operation.Outputs.Count;

    /// <summary>The interpreter, for operators that run subgraphs.</summary>
    public ArenaInterpreter Interpreter => interpreter;

    /// <summary>Whether the file gives an input at this position.</summary>
    public bool HasInput(int position) => position < operation.Inputs.Count && operation.Inputs[position] >= 0;

    public TensorView Input(int position) => interpreter.View(subgraph.Index, operation.Inputs[position]);

    public TensorView Output(int position = 0) => interpreter.View(subgraph.Index, operation.Outputs[position]);

    /// <summary>The dimension that an axis means, which counts from the last where it is negative.</summary>
    public static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    /// <summary>Says that the operator is not evaluated for these types.</summary>
    public NotSupportedException Unsupported() => new(
        $"{Kind} (operator {operation.Index} of subgraph {subgraph.Index}) is not evaluated for "
        + string.Join(", ", operation.Inputs.Concat(operation.Outputs).Where(t => t >= 0).Select(t => subgraph.Tensors[t].Type)));
}
