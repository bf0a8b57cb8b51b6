using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Resolvers;

/// <summary>
/// Compares the versions that a model asks for with those that there are. A converter raises an operator's version where the model uses something that
/// older kernels do not have; the interpreter for microcontrollers compares none, so that only a build can say it.
/// </summary>
internal static class OperatorVersions
{
    /// <summary>One warning TINY3006 for each kind of operator and version beyond the highest known, at the first operator that has it.</summary>
    public static IReadOnlyList<Diagnostic> Check(TfliteModel model) =>
    [
        .. model.Subgraphs
            .SelectMany(subgraph => subgraph.Operators.Where(IsBeyondKnown).Select(op => (Subgraph: subgraph.Index, Operator: op)))
            .GroupBy(found => (found.Operator.Kind, found.Operator.Version))
            .Select(group => Warning(model, group.First().Subgraph, group.First().Operator, group.Count() - 1)),
    ];

    private static bool IsBeyondKnown(TfliteOperator op) => ResolverMethods.BuiltIn.Find(op)?.HighestVersion is { } highest && op.Version > highest;

    private static Diagnostic Warning(TfliteModel model, int subgraph, TfliteOperator op, int others)
    {
        string more = others == 0 ? "" : $" (and {Quantity.Count(others)} more of them)";
        int highest = ResolverMethods.BuiltIn.Find(op)!.HighestVersion!.Value;
        return Diagnostic.Warning(
            DiagnosticCodes.NewerOperatorVersion,
            $"operator {op.Index} ({op.Kind}) of subgraph {subgraph}{more} asks for version {op.Version} of its kernel, and the highest known is "
                + $"{highest}: the interpreter compares no versions, "
            + "so a kernel that is older than the model may misread it; test the model on the device, or convert it with an older converter") with
        { File = model.Name, Subgraph = subgraph, Operator = op.Index };
    }
}
