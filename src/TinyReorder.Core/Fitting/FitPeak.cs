using TinyReorder.Graphs;
using TinyReorder.Optimization;

namespace TinyReorder.Fitting;

/// <summary>Where a model needs the most memory in the order that was found, and what would be next.</summary>
/// <param name="Steps">The operators of the subgraph with the highest peak, the largest first.</param>
internal sealed record FitPeak(IReadOnlyList<FitOperator> Steps)
{
    /// <summary>The peak.</summary>
    public long Bytes => Steps[0].Bytes;

    /// <summary>The operators that hold it.</summary>
    public IReadOnlyList<FitOperator> AtPeak => [.. Steps.TakeWhile(step => step.Bytes == Bytes)];

    /// <summary>The peak of all other operators; 0 where there are none.</summary>
    public long NextBytes => Steps.FirstOrDefault(step => step.Bytes < Bytes)?.Bytes ?? 0;

    /// <summary>The peak of <paramref name="result"/>.</summary>
    public static FitPeak Of(OptimizationResult result)
    {
        SubgraphResult highest = result.Subgraphs.OrderByDescending(subgraph => subgraph.PeakBytes).First();
        IReadOnlyList<int>? original = result.Rewrite?.OriginalOperators?[highest.Index];
        return new FitPeak([.. highest.Map.Steps.Select(Describe).OrderByDescending(step => step.Bytes).ThenBy(step => step.Operator)]);

        FitOperator Describe(MemoryStep step) => step.Operator < 0
            ? new FitOperator(highest.Index, -1, "(inputs)", step.TotalBytes)
            : new FitOperator(highest.Index, original is null ? step.Operator : original[step.Operator],
                highest.Graph.Operators[step.Operator].Kind, step.TotalBytes);
    }

    /// <summary>
    /// The operators that have to shrink, each by how many bytes, for the peak to fall by <paramref name="bytes"/>; none where it is not that high.
    /// </summary>
    public IReadOnlyList<(FitOperator Operator, long Bytes)> ToShrink(long bytes) => bytes <= 0 || bytes >= Bytes ? []
        : [.. Steps.TakeWhile(step => step.Bytes > Bytes - bytes).Select(step => (step, step.Bytes - (Bytes - bytes)))];
}
