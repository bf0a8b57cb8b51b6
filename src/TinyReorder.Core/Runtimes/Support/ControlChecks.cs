using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>
/// IF and WHILE: what they copy to and from the subgraphs that they call has to be as many tensors of the same size (micro/kernels/if.cc, while.cc,
/// kernel_util.cc). Allocation looks at the numbers only; the sizes are compared in Invoke.
/// </summary>
internal static class ControlChecks
{
    private const string Cure = "export the model with fixed shapes, so that nothing changes its shape in a loop or a branch";

    /// <summary>IF: a single bool, and two branches that take the other inputs and give the outputs.</summary>
    public static SupportProblem? If(SupportContext op)
    {
        if (op.Input(0) is not { Type: TensorType.Bool, ElementCount: 1 })
            return new SupportProblem("has a condition that is no single BOOL", Cures.Again);
        int[] inputs = op.Operator.Inputs.Skip(1).ToArray();
        foreach ((int slot, string name) in new[] { (0, "then"), (1, "else") })
        {
            if (Called(op, slot) is not { } branch)
                continue;
            SupportProblem? problem = Copied(op.Subgraph, inputs, branch, branch.Inputs, $"into its {name} branch")
                ?? (branch.Outputs.Count == 0 && slot == 1
                    ? null : Copied(branch, branch.Outputs, op.Subgraph, op.Operator.Outputs, $"out of its {name} branch"))
                ?? Written(branch, branch.Inputs, name + " branch");
            if (problem is not null)
                return problem;
        }
        return null;
    }

    /// <summary>WHILE: condition and body that take the outputs, and a body that gives them.</summary>
    public static SupportProblem? While(SupportContext op)
    {
        if (Called(op, 0) is not { } condition || Called(op, 1) is not { } body)
            return null;
        if (condition.Outputs.Count == 0 || condition.Tensors[condition.Outputs[0]].Type != TensorType.Bool)
            return new SupportProblem("has a condition that gives no BOOL", Cures.Again);
        return Copied(op.Subgraph, op.Operator.Inputs, op.Subgraph, op.Operator.Outputs, "to its outputs")
            ?? Copied(op.Subgraph, op.Operator.Inputs, condition, condition.Inputs, "into its condition")
            ?? Copied(op.Subgraph, op.Operator.Outputs, body, body.Inputs, "into its body")
            ?? Copied(body, body.Outputs, op.Subgraph, op.Operator.Outputs, "out of its body")
            ?? Written(condition, condition.Inputs, "condition")
            ?? Written(body, body.Inputs, "body");
    }

    private static TfliteSubgraph? Called(SupportContext op, int slot) =>
        op.Options.Int32(slot) is var index && index >= 0 && index < op.Model.Subgraphs.Count ? op.Model.Subgraphs[index] : null;

    private static SupportProblem? Copied(TfliteSubgraph from, IReadOnlyList<int> sources, TfliteSubgraph to, IReadOnlyList<int> targets, string way)
    {
        if (sources.Count != targets.Count)
            return new SupportProblem($"passes {sources.Count} tensors {way}, which is for {targets.Count}", Cures.Again);
        for (int i = 0; i < sources.Count; i++)
        {
            if (sources[i] < 0 || targets[i] < 0)
                return new SupportProblem($"passes an omitted tensor {way}", Cures.Again);
            TfliteTensor source = from.Tensors[sources[i]], target = to.Tensors[targets[i]];
            if (source.Type != target.Type || source.Bytes != target.Bytes)
                return new SupportProblem($"passes {Describe(source)} {way}, where it is {Describe(target)}; Invoke fails", Cure);
        }
        return null;
    }

    /// <summary>Inputs of a called subgraph are written at each call, so they must lie in the arena.</summary>
    private static SupportProblem? Written(TfliteSubgraph called, IReadOnlyList<int> inputs, string name) =>
        inputs.Any(input => called.Tensors[input].IsConstant)
            ? new SupportProblem($"calls a {name} with a constant as input, which every call overwrites", Cures.Again)
            : null;

    private static string Describe(TfliteTensor tensor) => $"{tensor.Type.ToString().ToUpperInvariant()} {Quote.List(tensor.Shape)}";
}
