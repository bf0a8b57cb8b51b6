using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>What the outputs of a model hold, told by the operators of the file in its order; operators in regions row by row.</summary>
internal sealed class OriginalRun(TfliteModel model, TermTable terms, TermIdentity identity)
{
    private readonly TfliteSubgraph main = model.Subgraphs[0];
    private readonly Dictionary<int, int> held = [];

    /// <summary>What operators with effects did, in their order.</summary>
    public int State { get; private set; } = terms.Of("state");

    /// <summary>The terms of the model's outputs.</summary>
    /// <param name="axisOf">The axis of the rows of an operator in a region; null for any other.</param>
    /// <exception cref="PlanFaultException">An operator in a region does not work row by row.</exception>
    public int[] Outputs(Func<int, int?> axisOf)
    {
        for (int i = 0; i < main.Inputs.Count; i++)
            held[main.Inputs[i]] = terms.Of($"input {i}");
        var rows = new RowArithmetic(terms, identity);
        foreach (TfliteOperator op in main.Operators)
        {
            if (axisOf(op.Index) is not { } axis)
            {
                int[] inputs = [.. op.Inputs.Select(t => t < 0 ? -1 : Of(main.Tensors[t]))];
                if (OperatorEffects.Has(model, main, op))
                    State = terms.Of(Head(main, op, identity, -1), inputs = [.. inputs, State]);
                for (int i = 0; i < op.Outputs.Count; i++)
                    held[op.Outputs[i]] = terms.Of(Head(main, op, identity, i), inputs);
                continue;
            }
            int[] made = rows.Rows(main, op, axis, tensor => RowsOf(tensor, axis), Of)
                ?? throw new PlanFaultException($"operator {op.Index} ({op.Kind}) does not work row by row");
            held[op.Outputs[0]] = terms.Join(axis, made);
        }
        return [.. main.Outputs.Select(t => Of(main.Tensors[t]))];
    }

    /// <summary>What an operator that runs at once is, without what it reads.</summary>
    public static string Head(TfliteSubgraph subgraph, TfliteOperator op, TermIdentity identity, int output) =>
        $"{op.Kind} {op.Version} {(op.Kind == "CONV_2D" ? RowArithmetic.Convolution(subgraph, op) : null) ?? identity.Options(op)} output {output}";

    private int[] RowsOf(TfliteTensor tensor, int axis)
    {
        int whole = Of(tensor), rows = tensor.Shape[axis];
        return [.. Enumerable.Range(0, rows).Select(row => terms.Row(whole, axis, rows, row))];
    }

    private int Of(TfliteTensor tensor) =>
        tensor.Bytes == 0 && !tensor.IsConstant ? terms.Nothing : held.TryGetValue(tensor.Index, out int term) ? term : tensor.IsConstant ? identity.Constant(tensor) : held[tensor.Index] = terms.Unknown();
}
