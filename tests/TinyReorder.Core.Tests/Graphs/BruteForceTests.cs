using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Graphs;

/// <summary>The checkers, checked against each other: four ways to the same number that share no arithmetic.</summary>
public class BruteForceTests
{
    [Fact]
    public void Enumeration_and_subsets_agree_on_graphs_with_every_trait()
    {
        int withChoice = 0;
        for (ulong seed = 0; seed < 600; seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, most: 6);
            (long peak, int[] order, long orders) = BruteForce.ByEnumeration(graph);
            (long subsetPeak, int[] subsetOrder) = BruteForce.BySubsets(graph);
            Assert.True(peak == subsetPeak, $"seed {seed}: {peak} by enumeration, {subsetPeak} by subsets");
            Assert.True(BruteForce.IsValid(graph, order) && BruteForce.IsValid(graph, subsetOrder), $"seed {seed}");
            Assert.Equal(peak, BruteForce.PeakOf(graph, order));
            Assert.Equal(peak, BruteForce.PeakOf(graph, subsetOrder));
            if (orders > 1 && peak < BruteForce.PeakOf(graph, FileOrder(graph)))
                withChoice++;
        }
        Assert.True(withChoice > 50, $"only {withChoice} graphs have a better order than the file's");
    }

    [Fact]
    public void The_memory_map_counts_what_the_definition_counts()
    {
        for (ulong seed = 0; seed < 600; seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, most: 12);
            int[] best = BruteForce.BySubsets(graph).Order;
            Assert.Equal(BruteForce.PeakOf(graph, FileOrder(graph)), MemoryMap.Of(graph, FileOrder(graph)).PeakBytes);
            Assert.Equal(BruteForce.PeakOf(graph, best), MemoryMap.Of(graph, best).PeakBytes);
        }
    }

    [Fact]
    public void The_papers_algorithm_finds_the_same_peak_where_it_defines_the_same()
    {
        int covered = 0;
        for (ulong seed = 0; seed < 1500; seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, most: 7);
            if (!PaperAlgorithm1.Covers(graph))
                continue;
            covered++;
            (long peak, _) = BruteForce.BySubsets(graph);
            Assert.True(peak == PaperAlgorithm1.MinimalPeak(graph), $"seed {seed}");
            Assert.True(peak == MemoisedTensorSets.Search(graph, TimeSpan.MaxValue).PeakBytes, $"seed {seed}");
        }
        Assert.True(covered > 200, $"only {covered} graphs are covered");
    }

    [Fact]
    public void The_papers_definition_differs_for_a_dead_output()
    {
        var builder = new GraphBuilder();
        int x = builder.AddTensor(1), dead = builder.AddTensor(100), y = builder.AddTensor(10, isOutput: true);
        builder.AddOperator("DEAD", [x], [dead]);
        builder.AddOperator("LIVE", [x], [y]);
        Graph graph = builder.Build();

        Assert.False(PaperAlgorithm1.Covers(graph));
        Assert.Equal(11, PaperAlgorithm1.MinimalPeak(graph));
        Assert.Equal(101, BruteForce.ByEnumeration(graph).PeakBytes);
    }

    [Fact]
    public void The_papers_algorithm_counts_an_input_with_two_readers_twice()
    {
        var builder = new GraphBuilder();
        int x = builder.AddTensor(10), a = builder.AddTensor(1, isOutput: true), b = builder.AddTensor(1, isOutput: true);
        builder.AddOperator("A", [x], [a]);
        builder.AddOperator("B", [x], [b]);
        Graph graph = builder.Build();

        Assert.False(PaperAlgorithm1.Covers(graph));
        Assert.Equal(21, PaperAlgorithm1.MinimalPeak(graph));
        Assert.Equal(12, BruteForce.BySubsets(graph).PeakBytes);
    }

    [Fact]
    public void To_finish_one_branch_before_the_next_begins_is_found_by_all()
    {
        // Two branches of four operators: to finish one before the other begins is cheaper than to alternate.
        var builder = new GraphBuilder();
        int x = builder.AddTensor(16);
        int trunk = Next(builder, [x], 32);
        int left = Next(builder, [Next(builder, [Next(builder, [trunk], 64)], 48)], 4);
        int right = Next(builder, [Next(builder, [Next(builder, [trunk], 64)], 48)], 4);
        int end = builder.AddTensor(8, isOutput: true);
        builder.AddOperator("JOIN", [left, right], [end]);
        Graph graph = builder.Build();
        int[] alternating = [0, 1, 4, 2, 5, 3, 6, 7];

        Assert.Equal(176, BruteForce.PeakOf(graph, alternating));
        Assert.Equal(144, BruteForce.ByEnumeration(graph).PeakBytes);
        Assert.Equal(144, BruteForce.BySubsets(graph).PeakBytes);
        Assert.Equal(144, PaperAlgorithm1.MinimalPeak(graph));
    }

    [Fact]
    public void The_memoised_search_stops_at_its_limits()
    {
        Graph wide = RandomGraphs.Create(GraphFamily.HillsAndValleys, 60, 1);

        (long? peak, int sets) = MemoisedTensorSets.Search(wide, TimeSpan.MaxValue, mostSets: 100);

        Assert.Null(peak);
        Assert.InRange(sets, 100, 101);
    }

    private static int[] FileOrder(Graph graph) => Enumerable.Range(0, graph.Operators.Count).ToArray();

    private static int Next(GraphBuilder builder, int[] inputs, long bytes)
    {
        int output = builder.AddTensor(bytes);
        builder.AddOperator("NODE", inputs, [output]);
        return output;
    }
}
