using TinyReorder.Graphs;

namespace TinyReorder.Tests.Shared;

/// <summary>A graph as Algorithm 1 of Sudharsan et al. (2021) sees it: sets of tensors, and what had to be there to make them.</summary>
internal sealed class PaperGraph
{
    private readonly Graph graph;
    private readonly TensorSet[] needed;

    public PaperGraph(Graph graph)
    {
        this.graph = graph;
        needed = new TensorSet[graph.Tensors.Count];
        foreach (GraphTensor input in graph.Tensors.Where(tensor => tensor.IsInput))
            needed[input.Id] = Set([]);
        foreach (GraphOperator op in graph.Operators)
        {
            TensorSet upstream = op.Inputs.Aggregate(Set(op.Inputs), (all, t) => all.Union(needed[t]));
            foreach (int output in op.Outputs)
                needed[output] = upstream;
        }
    }

    /// <summary>
    /// Whether the paper's definition and this project's coincide on <paramref name="graph"/>. The paper goes backwards from the outputs: it never sees an
    /// operator that no output needs, nor an input that nobody reads, nor an order that no tensor shows; and an input is set aside and counted each time that
    /// an operator which reads it is taken out, so with two readers twice.
    /// </summary>
    public static bool Covers(Graph graph)
    {
        var paper = new PaperGraph(graph);
        TensorSet reached = graph.Tensors.Where(tensor => tensor.IsOutput).Aggregate(paper.Outputs, (all, tensor) => all.Union(paper.needed[tensor.Id]));
        return graph.Operators.All(op => op.Outputs.Any(reached.Contains) && op.Predecessors.SequenceEqual(Producers(graph, op)))
            && graph.Tensors.All(tensor => !tensor.IsInput || tensor.Consumers.Count + (tensor.IsOutput ? 1 : 0) == 1);
    }

    public TensorSet Outputs => Set(graph.Tensors.Where(tensor => tensor.IsOutput).Select(tensor => tensor.Id));

    public TensorSet Set(IEnumerable<int> tensors) => TensorSet.Of(graph.Tensors.Count, tensors);

    public long Bytes(TensorSet tensors) => tensors.Items().Sum(t => graph.Tensors[t].Bytes);

    /// <summary>The tensors that no operator makes.</summary>
    public TensorSet WithoutProducer(TensorSet tensors) => Set(tensors.Items().Where(t => graph.Tensors[t].IsInput));

    /// <summary>The operators that made one of <paramref name="tensors"/>, in ascending order.</summary>
    public IEnumerable<GraphOperator> ProducersOf(TensorSet tensors) =>
        tensors.Items().Select(t => graph.Tensors[t].Producer).Distinct().Order().Select(p => graph.Operators[p]);

    /// <summary>Whether one of <paramref name="outputs"/> was needed to make one of <paramref name="rest"/>.</summary>
    public bool NeededByAny(TensorSet outputs, TensorSet rest) => rest.Items().Any(t => needed[t].Overlaps(outputs));

    private static IEnumerable<int> Producers(Graph graph, GraphOperator op) =>
        op.Inputs.Select(t => graph.Tensors[t].Producer).Where(p => p >= 0).Distinct().Order();
}
