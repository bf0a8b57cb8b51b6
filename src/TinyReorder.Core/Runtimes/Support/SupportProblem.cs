namespace TinyReorder.Runtimes.Support;

/// <summary>Why an interpreter refuses or misruns an operator, and what to do about it.</summary>
/// <param name="What">What is wrong, in words that continue the operator's name.</param>
/// <param name="Cure">What to do, beginning with a verb.</param>
internal sealed record SupportProblem(string What, string Cure)
{
    /// <summary>Whether an offline plan solves it: the kernel can run the operator, and only the planner on the device is wrong.</summary>
    public bool IsSolvedByPlan { get; init; }

    /// <summary>Shapes that do not go together.</summary>
    public static SupportProblem Shapes(string what) => new(what, Cures.FixedShapes);
}
