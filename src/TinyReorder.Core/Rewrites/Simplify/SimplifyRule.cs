namespace TinyReorder.Rewrites.Simplify;

/// <summary>One way to say the same with less. A rule changes nothing that any answer, or the order of effects, depends on.</summary>
internal abstract class SimplifyRule
{
    /// <summary>What reports call it.</summary>
    public abstract string Name { get; }

    /// <summary>Applies the rule wherever it holds, in the order of the operators.</summary>
    /// <param name="graph">The graph, which tells its readers of each change.</param>
    /// <returns>Whether anything was changed.</returns>
    public abstract bool Apply(SimpleGraph graph);
}
