namespace TinyReorder.Rewrites;

/// <summary>Which operator of the original an operator of a rewritten model works for.</summary>
/// <param name="Operator">The original's index of it.</param>
/// <param name="IsItself">Whether it computes what that one did, or some rows of it; else it moves rows for it.</param>
internal sealed record OperatorOrigin(int Operator, bool IsItself);
