using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>Finds what an interpreter refuses when it allocates or runs the model: operators that it lacks, types and forms that its kernels do not take.</summary>
internal static class TflmSupport
{
    /// <summary>The problem of control flow that the interpreter's planner does not see; an offline plan solves it.</summary>
    public const string UnseenCall = "is written with an operator code from before the 32-bit field: the interpreter does not plan the subgraphs that it calls, and their tensors lie over those of the caller; use Plan=\"offline\" or convert the model with a newer converter";

    private const int ControlFlowFrom = 118;
    private const int ControlFlowTo = 119;

    /// <summary>One warning TINY3004 for each kind of operator and problem, at the first operator that has it.</summary>
    public static IReadOnlyList<Diagnostic> Check(TfliteModel model, RuntimeProfile profile, KernelRequests[][] requests)
    {
        bool[] called = TflmLifetimes.Reached(model, followsOldCodes: false);
        return model.Subgraphs
            .SelectMany(subgraph => subgraph.Operators.SelectMany(op => Problems(subgraph, op, profile, called[subgraph.Index] || requests[subgraph.Index][op.Index].ScratchBytes.Count == 0)
                .Select(problem => (Subgraph: subgraph.Index, Operator: op, Problem: problem))))
            .GroupBy(found => (found.Operator.Kind, found.Problem))
            .Select(group => Warning(model, group.First().Subgraph, group.First().Operator, group.Key.Problem, group.Count() - 1))
            .ToArray();
    }

    private static IEnumerable<string> Problems(TfliteSubgraph subgraph, TfliteOperator op, RuntimeProfile profile, bool scratchLives)
    {
        if (profile.FindKernel(op) is not { } kernel)
        {
            if (!op.IsCustom)
                yield return "is not an operator that the interpreter has";
            yield break;
        }
        foreach (string problem in kernel.Rules.Select(rule => rule.Problem(subgraph, op)).OfType<string>())
            yield return problem;
        if (!op.IsCustom && op.Options.CustomOptions.Length > 0)
            yield return "is built in but carries custom options, which the interpreter refuses";
        if (op.Code is >= ControlFlowFrom and <= ControlFlowTo && op.LongCode != op.Code)
            yield return UnseenCall;
        if (op.Intermediates.Any(tensor => tensor >= 0 && subgraph.Tensors[tensor].Bytes > 0))
            yield return "has intermediate tensors with a size, which the interpreter does not plan";
        if (op.Inputs.Concat(op.Outputs).Any(tensor => tensor >= 0 && IsEmpty(subgraph.Tensors[tensor])))
            yield return "has a tensor with a dimension of 0";
        if (!scratchLives)
            yield return "needs scratch in a subgraph that nothing calls: the interpreter plans it with a size that it never sets";
    }

    /// <summary>A shape with a 0 in it; the shape [0] of old files means a scalar.</summary>
    private static bool IsEmpty(TfliteTensor tensor) => tensor.Shape.Contains(0) && tensor.Shape.Count > 1;

    private static Diagnostic Warning(TfliteModel model, int subgraph, TfliteOperator op, string problem, int others)
    {
        string more = others == 0 ? "" : $" (and {Quantity.Count(others)} more of them)";
        return Diagnostic.Warning(DiagnosticCodes.RuntimeRefuses, $"operator {op.Index} ({op.Kind}) of subgraph {subgraph}{more} {problem}; the interpreter will refuse or misrun the model") with
        {
            File = model.Name,
            Subgraph = subgraph,
            Operator = op.Index,
        };
    }
}
