using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.Planning;

/// <summary>What a user should know about a model's tensors whatever runs it.</summary>
internal static class TensorNotes
{
    private const int MostNamed = 8;

    /// <summary>
    /// A warning for each input whose signature leaves a dimension open beyond the batch where the shape has 1: everything is then computed for that 1, and
    /// the program has no room for what it wants to put there.
    /// </summary>
    public static IEnumerable<Diagnostic> OpenInputs(TfliteModel model) =>
        model.Subgraphs[0].Inputs.Distinct().Select(input => model.Subgraphs[0].Tensors[input]).Where(IsOpen).Select(input => Diagnostic.Warning(
            DiagnosticCodes.OpenInputShape,
            $"input '{Quote.Text(input.Name)}' (tensor {input.Index}) was converted with the signature {Quote.List(input.ShapeSignature)}, and the file "
                + $"counts its open dimensions as 1: {Quote.List(input.Shape)}; "
            + "export the model with the shape that your program feeds") with
        {
            File = model.Name,
            Subgraph = 0,
        });

    /// <summary>
    /// A message where the first subgraph never calls another one: that lies on tensors of the others, which is right only where nobody runs it.
    /// </summary>
    public static IEnumerable<Diagnostic> Uncalled(TfliteModel model)
    {
        bool[] isReached = TflmLifetimes.Reached(model, followsOldCodes: true);
        int[] uncalled = [.. Enumerable.Range(0, isReached.Length).Where(subgraph => !isReached[subgraph])];
        if (uncalled.Length == 0)
            yield break;
        string which = uncalled.Length == 1
            ? $"subgraph {uncalled[0]}: it is planned over its tensors, for a program that does not run it"
            : $"subgraphs {string.Join(", ", uncalled.Take(MostNamed))}{(uncalled.Length > MostNamed ? " …" : "")}: they are planned over its tensors, for "
                + "a program that does not run them";
        yield return new Diagnostic(DiagnosticCodes.UncalledSubgraph, DiagnosticSeverity.Message, $"subgraph 0 never calls {which}")
        {
            File = model.Name,
            Subgraph = uncalled[0]
        };
    }

    /// <summary>A message for tensors whose data lies elsewhere, such as text: they count nothing.</summary>
    public static IEnumerable<Diagnostic> Unsized(TfliteModel model) =>
        model.Subgraphs.SelectMany(subgraph => subgraph.Tensors.Where(IsUnsized).Select(tensor => (Subgraph: subgraph.Index, Tensor: tensor)))
            .GroupBy(found => found.Tensor.Type)
            .Select(group => new Diagnostic(
                DiagnosticCodes.UnsizedTensor,
                DiagnosticSeverity.Message,
                $"{Quantity.Count(group.Count())} tensor{(group.Count() == 1 ? "" : "s")} of the type {group.Key.ToString().ToUpperInvariant()} (the first "
                + $"is '{Quote.Text(group.First().Tensor.Name)}') "
                + "count 0 B: what they hold has no fixed size and lies outside of the arena")
            {
                File = model.Name,
                Subgraph = group.First().Subgraph,
            });

    private static bool IsUnsized(TfliteTensor tensor) => !tensor.IsConstant && tensor.Type.IsKnown() && tensor.Type.ElementBytes() == 0;

    private static bool IsOpen(TfliteTensor input) =>
        input.ShapeSignature.Count == input.Shape.Count
        && Enumerable.Range(1, Math.Max(0, input.Shape.Count - 1)).Any(i => input.ShapeSignature[i] < 0 && input.Shape[i] == 1);
}
