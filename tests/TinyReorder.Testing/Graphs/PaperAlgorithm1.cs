using TinyReorder.Graphs;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Algorithm 1 of Sudharsan et al. (2021) as it stands there, an exponential recursion: an executable specification for small graphs. Two things are added
/// that the paper does not speak of: an operator with several outputs is taken out with all of them, and its reserved bytes count while it runs. Only for
/// graphs that <see cref="Covers"/>.
/// </summary>
public static class PaperAlgorithm1
{
    /// <summary>
    /// Whether the paper's definition and this project's coincide on <paramref name="graph"/>: no dead operators, no effects, no input read more or less than
    /// once.
    /// </summary>
    internal static bool Covers(Graph graph) => PaperGraph.Covers(graph);

    /// <summary>The minimal peak in bytes.</summary>
    internal static long MinimalPeak(Graph graph)
    {
        var paper = new PaperGraph(graph);
        return Memory(paper, paper.Outputs);
    }

    /// <summary>The peak of the cheapest way to have all of <paramref name="tensors"/> at once.</summary>
    private static long Memory(PaperGraph paper, TensorSet tensors)
    {
        TensorSet given = paper.WithoutProducer(tensors), made = tensors.Without(given);
        if (!made.Items().Any())
            return paper.Bytes(given);
        long cheapest = long.MaxValue;
        foreach (GraphOperator last in paper.ProducersOf(made))
        {
            TensorSet outputs = paper.Set(last.Outputs), rest = made.Without(outputs);
            if (paper.NeededByAny(outputs, rest))
                continue;
            TensorSet before = rest.Union(paper.Set(last.Inputs));
            long peak = Math.Max(Memory(paper, before), paper.Bytes(before.Union(outputs)) + last.ReservedBytes);
            cheapest = Math.Min(cheapest, peak);
        }
        return cheapest + paper.Bytes(given);
    }
}
