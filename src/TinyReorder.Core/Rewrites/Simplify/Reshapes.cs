namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Shortens chains of RESHAPE, SQUEEZE and EXPAND_DIMS. Each of them copies its input's bytes as they are, whatever the shapes, so that every tensor of a
/// chain holds the bytes of the first. One whose output has the shape of a tensor before it in the chain is not needed; a RESHAPE may read the first tensor
/// itself.
/// </summary>
internal sealed class Reshapes : SimplifyRule
{
    public override string Name => "reshape";

    /// <summary>Whether an operator copies the bytes of its first input and nothing else.</summary>
    public static bool IsReshape(SimpleOperator op) => op.Kind is "RESHAPE" or "SQUEEZE" or "EXPAND_DIMS" && op.Outputs.Length == 1
        && op.Inputs.Length > 0 && op.Inputs[0] is { } input && input.Type == op.Outputs[0].Type && input.Bytes == op.Outputs[0].Bytes;

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        foreach (SimpleOperator op in graph.Operators)
        {
            if (!op.IsGone && IsReshape(op) && SimpleGraph.IsActivation(op.Outputs[0]))
                isChanged |= IsGone(graph, op) || ReadsFurtherBack(graph, op);
        }
        return isChanged;
    }

    private bool IsGone(SimpleGraph graph, SimpleOperator op)
    {
        SimpleOperator? link = op;
        while (link is not null && IsReshape(link) && link.Inputs[0] is { } before)
        {
            if (SimpleGraph.IsActivation(before) && SimpleGraph.AreEqual(before, op.Outputs[0]) && graph.Bypass(op, before, Name))
                return true;
            link = graph.FindMaker(before);
        }
        return false;
    }

    /// <summary>The others check their input's shape.</summary>
    private bool ReadsFurtherBack(SimpleGraph graph, SimpleOperator op)
    {
        if (op.Kind != "RESHAPE" || op.Inputs[0] is not { } between || graph.FindMaker(between) is not { } before || !IsReshape(before)
            || graph.IsOutput(between) || graph.ReadersOf(between).Count > 1 || before.Inputs[0] is not { } first || !SimpleGraph.IsActivation(first))
            return false;
        graph.SetInput(op, 0, first);
        graph.Remove(before, Name, op.Index);
        return true;
    }
}
