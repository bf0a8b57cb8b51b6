using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Runtimes.Support;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>Finds what an interpreter refuses when it allocates or runs the model: operators that it lacks, forms that its kernels do not take.</summary>
internal static class TflmSupport
{
    private const string UnseenCall = "is written with an operator code from before the 32-bit field: the interpreter does not plan the subgraphs that it "
        + "calls, and their tensors lie over those of the caller";

    private const int ControlFlowFrom = 118;
    private const int ControlFlowTo = 119;
    private const string Flex = "Flex";
    private const string TensorList = "TensorList";

    /// <summary>
    /// Whether an operator that the profile does not know cannot be there at all: TensorFlow Lite Micro registers no built-in operator beside its own, and
    /// needs TensorFlow itself or another runtime for others.
    /// </summary>
    public static bool IsMissing(TfliteOperator op) => !op.IsCustom || IsFlex(op) || IsList(op) || IsOfOtherRuntime(op);

    /// <summary>
    /// One warning TINY3004 for each kind of operator and problem, at the first operator that has it, and for each problem of tensors; with whether an offline
    /// plan solves it.
    /// </summary>
    public static IReadOnlyList<(Diagnostic Warning, bool IsSolvedByPlan)> Check(TfliteModel model, RuntimeProfile profile, KernelRequests[][] requests)
    {
        bool[] called = TflmLifetimes.Reached(model, followsOldCodes: false);
        IEnumerable<(Diagnostic, bool)> ofOperators = model.Subgraphs
            .SelectMany(subgraph => subgraph.Operators.Select(op => (Subgraph: subgraph, Operator: op)))
            .SelectMany(found => Problems(model, found.Subgraph, found.Operator, profile, ScratchLives(found.Subgraph.Index, found.Operator.Index))
                .Select(problem => (Subgraph: found.Subgraph.Index, found.Operator, Problem: problem)))
            .GroupBy(found => (found.Operator.Kind, found.Problem))
            .Select(group =>
                (Warning(model, group.First().Subgraph, group.First().Operator, group.Key.Problem, group.Count() - 1), group.Key.Problem.IsSolvedByPlan));
        IEnumerable<(Diagnostic, bool)> ofTensors = model.Subgraphs
            .SelectMany(subgraph => TensorProblems(subgraph, model.BufferCount))
            .GroupBy(found => found.Problem)
            .Select(group => (Warning(model, group.First().Subgraph, group.First().Tensor, group.Key, group.Count() - 1), false));
        return ofOperators.Concat(ofTensors).ToArray();

        bool ScratchLives(int subgraph, int op) => called[subgraph] || requests[subgraph][op].ScratchBytes.Count == 0;
    }

    private static bool IsFlex(TfliteOperator op) => op.IsCustom && op.CustomCode.StartsWith(Flex, StringComparison.Ordinal);

    /// <summary>
    /// What compilers put in the place of whole networks: for Coral's Edge TPU, for LiteRT's NPUs, for Arm Ethos-U where a library has no kernel for it.
    /// </summary>
    private static bool IsOfOtherRuntime(TfliteOperator op) => op is { IsCustom: true, CustomCode: "edgetpu-custom-op" or "DISPATCH_OP" or "ethos-u" };

    private static bool IsList(TfliteOperator op) => op.IsCustom && op.CustomCode.StartsWith(TensorList, StringComparison.Ordinal);

    private static IEnumerable<(int Subgraph, TfliteTensor Tensor, SupportProblem Problem)> TensorProblems(TfliteSubgraph subgraph, int buffers)
    {
        HashSet<int> used = [.. subgraph.Operators.SelectMany(op => op.Inputs)];
        foreach (TfliteTensor tensor in subgraph.Tensors)
        {
            if (TensorChecks.Check(tensor, buffers, used.Contains(tensor.Index)) is { } problem)
                yield return (subgraph.Index, tensor, problem);
        }
    }

    private static IEnumerable<SupportProblem> Problems(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, RuntimeProfile profile,
        bool scratchLives)
    {
        if (profile.FindKernel(op) is not { } kernel)
        {
            if (Missing(op) is { } missing)
                yield return missing;
            yield break;
        }
        if (!op.IsCustom && op.Options.CustomOptions.Length > 0)
            yield return new SupportProblem("is built in but carries custom options, which the interpreter refuses", Cures.Again);
        if (op.Code is >= ControlFlowFrom and <= ControlFlowTo && op.LongCode != op.Code)
            yield return new SupportProblem(UnseenCall, "let an offline plan place the tensors, or convert the model with a newer converter") { IsSolvedByPlan = true };
        if (op.Intermediates.Any(tensor => tensor >= 0 && subgraph.Tensors[tensor].Bytes > 0))
            yield return new SupportProblem("has intermediate tensors with a size, which the interpreter does not plan", Cures.Lstm);
        if (!scratchLives)
            yield return new SupportProblem("needs scratch in a subgraph that nothing calls: the interpreter plans it with a size that it never sets",
                "export the model without that subgraph (one signature)");
        if (op.Inputs.Concat(op.Outputs).Any(tensor => tensor >= 0 && IsEmpty(subgraph.Tensors[tensor])))
        {
            yield return new SupportProblem("has a tensor with a dimension of 0", Cures.FixedShapes);
            yield break;
        }
        foreach (SupportProblem problem in RuleProblems(new SupportContext(model, subgraph, op), kernel))
            yield return problem;
    }

    private static SupportProblem[] RuleProblems(SupportContext context, OperatorProfile kernel)
    {
        try
        {
            return kernel.Rules.Select(rule => rule.Problem(context)).OfType<SupportProblem>().ToArray();
        }
        catch (TinyReorderException e) when (e.Diagnostic.File is null)
        {
            Diagnostic placed = e.Diagnostic with { File = context.Model.Name, Subgraph = context.Subgraph.Index, Operator = context.Operator.Index };
            throw new TinyReorderException(placed, e);
        }
    }

    private static SupportProblem? Missing(TfliteOperator op)
    {
        if (IsList(op) || op.CustomCode.StartsWith(Flex + TensorList, StringComparison.Ordinal))
            return new SupportProblem("works on lists of tensors, which the interpreter does not have", Cures.Lists);
        if (IsFlex(op))
            return new SupportProblem("is an operator of TensorFlow itself (Select TF ops), which the interpreter does not have", Cures.Builtins);
        if (IsOfOtherRuntime(op))
            return new SupportProblem("holds a network that was compiled for an accelerator, which this library cannot call",
                "give the model as it was before that compiler");
        if (op.IsCustom)
            return null;
        string cure = op.Kind switch
        {
            "SELECT" => "convert with a newer converter, which writes SELECT_V2",
            "LSTM" or "BIDIRECTIONAL_SEQUENCE_LSTM" or "UNIDIRECTIONAL_SEQUENCE_RNN" or "BIDIRECTIONAL_SEQUENCE_RNN" or "RNN" => Cures.Lstm,
            "DENSIFY" => "convert without sparsity",
            _ when op.Kind.StartsWith("STABLEHLO", StringComparison.Ordinal) => "convert with TensorFlow Lite operators, not StableHLO",
            _ => "write the layer with operators that it has",
        };
        return new SupportProblem("is not an operator that the interpreter has", cure);
    }

    /// <summary>A shape with a 0 in it; the shape [0] of old files means a scalar.</summary>
    private static bool IsEmpty(TfliteTensor tensor) => tensor.Shape.Contains(0) && tensor.Shape.Count > 1;

    private static Diagnostic Warning(TfliteModel model, int subgraph, TfliteOperator op, SupportProblem problem, int others) =>
        Warning($"operator {op.Index} ({Quote.Text(op.Kind)})", model, subgraph, problem, others) with { Operator = op.Index };

    private static Diagnostic Warning(TfliteModel model, int subgraph, TfliteTensor tensor, SupportProblem problem, int others) =>
        Warning($"tensor {tensor.Index} ('{Quote.Text(tensor.Name)}')", model, subgraph, problem, others);

    private static Diagnostic Warning(string culprit, TfliteModel model, int subgraph, SupportProblem problem, int others)
    {
        string more = others == 0 ? "" : $" (and {Quantity.Count(others)} more of them)";
        return Diagnostic.Warning(DiagnosticCodes.RuntimeRefuses, $"{culprit} of subgraph {subgraph}{more} {problem.What}; the interpreter will refuse or "
            + $"misrun the model; {problem.Cure}") with
        {
            File = model.Name,
            Subgraph = subgraph,
        };
    }
}
