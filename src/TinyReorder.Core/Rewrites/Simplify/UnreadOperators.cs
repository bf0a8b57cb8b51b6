namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Removes operators whose results nobody reads, and then those that only these read. An operator without effects does nothing but write its outputs, so that
/// every other tensor holds the same without it.
/// </summary>
internal sealed class UnreadOperators : SimplifyRule
{
    public override string Name => "unread";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        // From the last to the first, so that a chain goes at once.
        foreach (SimpleOperator op in graph.Operators.Reverse())
        {
            if (op.Outputs.Length == 0 || graph.HasEffects(op) || op.Outputs.Any(output => graph.IsOutput(output) || graph.ReadersOf(output).Count > 0))
                continue;
            graph.Remove(op, Name);
            isChanged = true;
        }
        return isChanged;
    }
}
