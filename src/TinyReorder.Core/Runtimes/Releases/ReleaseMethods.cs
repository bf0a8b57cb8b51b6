using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>Finds operators that a release has no kernel for, although a newer one has.</summary>
internal static class ReleaseMethods
{
    /// <summary>
    /// One warning TINY3004 for each kind of operator that <paramref name="release"/> lacks, at the first operator of that kind; none without a release.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Check(TfliteModel model, Release? release) => release is null ? [] :
    [
        .. model.Subgraphs
            .SelectMany(subgraph => subgraph.Operators.Select(op => (Subgraph: subgraph.Index, Operator: op, Method: ResolverMethods.BuiltIn.Find(op))))
            .Where(found => found.Method is { } method && !release.HasMethod(method.Name, method.Since))
            .GroupBy(found => found.Operator.Kind)
            .Select(group => Warning(model, group.First().Subgraph, group.First().Operator, group.First().Method!, release)),
    ];

    private static Diagnostic Warning(TfliteModel model, int subgraph, TfliteOperator op, ResolverMethod method, Release release)
    {
        string since = method.Since is { } day ? $" (tflite-micro has it since {day})" : "";
        return Diagnostic.Warning(
            DiagnosticCodes.RuntimeRefuses,
            $"operator {op.Index} ({op.Kind}) of subgraph {subgraph} has no kernel in {release.Name}: the resolver has no {method.Name}{since}; "
            + "use a newer version of the library, or convert the model without this operator") with
        { File = model.Name, Subgraph = subgraph, Operator = op.Index };
    }
}
