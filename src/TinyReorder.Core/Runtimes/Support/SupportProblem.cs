namespace TinyReorder.Runtimes.Support;

/// <summary>Why an interpreter refuses or misruns an operator, and what to do about it.</summary>
/// <param name="What">What is wrong, in words that continue the operator's name.</param>
/// <param name="Cure">What to do, beginning with a verb.</param>
internal sealed record SupportProblem(string What, string Cure)
{
    /// <summary>Shapes that do not go together.</summary>
    public static SupportProblem Shapes(string what) => new(what, Cures.FixedShapes);
}
