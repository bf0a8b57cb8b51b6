using TinyReorder.Rewrites.Simplify;

namespace TinyReorder;

/// <summary>One thing that a rewrite simplified (docs/simplify.md).</summary>
public sealed class Simplification
{
    internal Simplification(SimplifiedStep step)
    {
        Rule = step.Rule;
        Subgraph = step.Subgraph;
        Operator = step.Operator < 0 ? null : step.Operator;
        Into = step.Into;
        Tensors = step.Tensors;
    }

    /// <summary>
    /// The rule: <c>unread</c>, <c>reshape</c>, <c>transpose</c>, <c>quantize</c>, <c>pad</c>, <c>constant</c>, <c>equal</c> or <c>unnamed</c>.
    /// </summary>
    public string Rule { get; }

    /// <summary>The subgraph of the given file.</summary>
    public int Subgraph { get; }

    /// <summary>The operator that is gone, by its index in the given file's order; null where none is.</summary>
    public int? Operator { get; }

    /// <summary>The operator of the given file that does its work now; null where none has to.</summary>
    public int? Into { get; }

    /// <summary>How many tensors that nothing names are gone.</summary>
    public int Tensors { get; }
}
