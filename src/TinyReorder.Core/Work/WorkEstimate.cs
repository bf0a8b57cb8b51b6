namespace TinyReorder.Work;

/// <summary>The predicted work of one inference.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Model">The name of the rates, such as <c>cortex-m4-reference</c>; <c>macs</c> where multiplications stand in.</param>
/// <param name="Operators">Every operator of every subgraph, in the file's order.</param>
internal sealed record WorkEstimate(WorkMeasure Measure, string Model, IReadOnlyList<OperatorWork> Operators)
{
    /// <summary>The work of all operators.</summary>
    public double Total { get; } = Operators.Sum(work => work.Total);

    /// <summary>The part of <see cref="Total"/> that the generic rate counts, from 0 to 1.</summary>
    public double UnknownShare => Total > 0 ? Operators.Where(work => !work.IsKnown).Sum(work => work.Total) / Total : 0;

    /// <summary>This work in parts of that of <paramref name="original"/>, by the same model; 1 where the original has none and neither has this.</summary>
    public double RatioTo(WorkEstimate original) => original.Total > 0 ? Total / original.Total : Total > 0 ? double.PositiveInfinity : 1;
}
