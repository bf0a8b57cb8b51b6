using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Graphs;

public class RandomGraphsTests
{
    public static TheoryData<GraphFamily> Families => new(RandomGraphs.Families);

    [Theory]
    [MemberData(nameof(Families))]
    public void The_same_arguments_give_the_same_graph_and_other_seeds_another(GraphFamily family)
    {
        Assert.Equal(Describe(RandomGraphs.Create(family, 60, 7, GraphTraits.All)), Describe(RandomGraphs.Create(family, 60, 7, GraphTraits.All)));
        Assert.NotEqual(Describe(RandomGraphs.Create(family, 60, 7, GraphTraits.All)), Describe(RandomGraphs.Create(family, 60, 8, GraphTraits.All)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void There_are_exactly_as_many_operators_as_asked_for(GraphFamily family)
    {
        foreach (int operators in new[] { 1, 2, 3, 12, 100, 3000 })
        {
            Graph graph = RandomGraphs.Create(family, operators, 1);
            Assert.Equal(operators, graph.Operators.Count);
            Assert.Contains(graph.Tensors, tensor => tensor.IsInput);
            // Without dead outputs everything that is written is read or handed out.
            Assert.All(graph.Tensors.Where(tensor => !tensor.IsInput), tensor => Assert.True(tensor.IsOutput || tensor.Consumers.Count > 0));
        }
    }

    [Fact]
    public void Every_trait_occurs()
    {
        Graph Of(GraphTraits traits) => RandomGraphs.Create(GraphFamily.SeriesParallel, 40, 3, traits);
        Assert.Contains(Of(GraphTraits.MultipleOutputs).Operators, op => op.Outputs.Count > 1);
        Assert.Contains(Of(GraphTraits.DeadOutputs).Tensors, tensor => !tensor.IsOutput && !tensor.IsInput && tensor.Consumers.Count == 0);
        Assert.Contains(Of(GraphTraits.ReservedBytes).Operators, op => op.ReservedBytes > 0);
        Assert.Contains(Of(GraphTraits.ZeroBytes).Tensors, tensor => tensor.Bytes == 0);
        Graph odd = Of(GraphTraits.OddEnds), effects = Of(GraphTraits.Effects);
        Assert.Contains(odd.Tensors, tensor => tensor.IsInput && tensor.IsOutput);
        Assert.Contains(odd.Tensors, tensor => tensor.IsInput && !tensor.IsOutput && tensor.Consumers.Count == 0);
        Assert.Contains(effects.Operators, op => op.Predecessors.Except(op.Inputs.Select(t => effects.Tensors[t].Producer)).Any());
        Assert.NotEqual(Describe(Of(GraphTraits.None)), Describe(Of(GraphTraits.ShuffledOrder)));
    }

    private static string Describe(Graph graph) => string.Join(
        "\n",
        graph.Operators.Select(op =>
            $"{op.Kind} ({string.Join(",", op.Inputs)}) -> ({string.Join(",", op.Outputs)}) after ({string.Join(",", op.Predecessors)}) {op.ReservedBytes}")
            .Concat(graph.Tensors.Select(tensor => $"{tensor.Bytes} {tensor.IsOutput}")));
}
