using TinyReorder.Rewrites.Drafts;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Removes a TRANSPOSE that moves nothing, and the second of two that undo each other. A TRANSPOSE moves elements as they are: output dimension i is input
/// dimension p(i). After p and q, dimension i is p(q(i)), so that the bytes are back in their places where that is i for every i.
/// </summary>
internal sealed class Transposes : SimplifyRule
{
    public override string Name => "transpose";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        foreach (SimpleOperator op in graph.Operators)
        {
            if (op.IsGone || Permutation(graph, op) is not { } own || !SimpleGraph.IsActivation(op.Outputs[0]) || op.Inputs[0] is not { } input)
                continue;
            SimpleOperator? before = graph.FindMaker(input);
            if (IsIdentity(own))
                isChanged |= Same(graph, op, input);
            else if (before is not null && Permutation(graph, before) is { } first && first.Length == own.Length && IsIdentity([.. own.Select(d => first[d])]))
                isChanged |= Same(graph, op, before.Inputs[0]!);
        }
        return isChanged;
    }

    /// <summary>The permutation of a TRANSPOSE whose permutation is a constant; null for anything else.</summary>
    internal static int[]? Permutation(SimpleGraph graph, SimpleOperator op) => op.Kind == "TRANSPOSE" && op.Inputs.Length == 2 && op.Outputs.Length == 1
        && op.Inputs[0] is { } input && graph.FindNumbers(op.Inputs[1]) is { } permutation && permutation.Length == input.Shape.Count
        && permutation.OrderBy(d => d).SequenceEqual(Enumerable.Range(0, permutation.Length)) ? permutation : null;

    private bool Same(SimpleGraph graph, SimpleOperator op, DraftTensor source) =>
        SimpleGraph.IsActivation(source) && SimpleGraph.AreEqual(source, op.Outputs[0]) && graph.Bypass(op, source, Name);

    private static bool IsIdentity(int[] permutation) => permutation.SequenceEqual(Enumerable.Range(0, permutation.Length));
}
