namespace TinyReorder.Rewrites.Simplify;

/// <summary>One thing that was simplified.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Subgraph">The subgraph of the original.</param>
/// <param name="Operator">The operator of the original that is gone, by its index there; -1 where none is.</param>
/// <param name="Into">The operator of the original that does its work now; null where none has to.</param>
/// <param name="Tensors">How many tensors that nothing names are gone.</param>
internal sealed record SimplifiedStep(string Rule, int Subgraph, int Operator, int? Into = null, int Tensors = 0);
