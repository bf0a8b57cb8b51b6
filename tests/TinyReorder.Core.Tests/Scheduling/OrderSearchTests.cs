using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>The search against brute force that shares no code with it.</summary>
public class OrderSearchTests
{
    private static readonly SearchTechniques AllOn = new();

    [Theory]
    [InlineData(0UL, 5_000, 6)]
    [InlineData(1_000_000UL, 5_000, 9)]
    [InlineData(2_000_000UL, 2_000, 12)]
    public void Peak_of_random_graphs_is_that_of_an_independent_recursion_over_all_subsets(ulong from, int count, int most)
    {
        foreach (ulong seed in Seeds(from, count))
        {
            Graph graph = RandomGraphs.Tiny(seed, most);
            AssertOptimal(graph, BruteForce.BySubsets(graph).PeakBytes, AllOn, seed);
        }
    }

    [Theory]
    [InlineData(0UL, 50_000, 6)]
    [InlineData(1_000_000UL, 50_000, 9)]
    [Trait("Category", "Slow")]
    public void Peak_of_many_random_graphs_is_that_of_an_independent_recursion_over_all_subsets(ulong from, int count, int most) =>
        Peak_of_random_graphs_is_that_of_an_independent_recursion_over_all_subsets(from, count, most);

    [Fact]
    public void Peak_of_tiny_graphs_is_that_of_trying_every_order()
    {
        foreach (ulong seed in Seeds(3_000_000, 10_000))
        {
            Graph graph = RandomGraphs.Tiny(seed, 6);
            AssertOptimal(graph, BruteForce.ByEnumeration(graph).PeakBytes, AllOn, seed);
        }
    }

    [Fact]
    public void Every_combination_of_techniques_finds_the_same_peak()
    {
        for (int combination = 0; combination < TechniqueCombinations.Count; combination++)
        {
            SearchTechniques techniques = TechniqueCombinations.Of(combination);
            foreach (ulong seed in Seeds(4_000_000 + (15 * (ulong)combination), 15))
            {
                Graph graph = RandomGraphs.Tiny(seed, 8);
                AssertOptimal(graph, BruteForce.BySubsets(graph).PeakBytes, techniques, seed);
            }
        }
    }

    [Theory]
    [InlineData(8_000_000UL, 2_000, 6)]
    [InlineData(9_000_000UL, 400, 9)]
    [InlineData(10_000_000UL, 100, 12)]
    public void With_memory_that_operators_share_the_peak_is_that_of_an_independent_recursion(ulong from, int count, int most)
    {
        int changed = 0;
        foreach (ulong seed in Seeds(from, count))
        {
            Graph graph = SharedGraphs.Tiny(seed, most);
            long peak = BruteForce.BySubsets(graph).PeakBytes;
            AssertOptimal(graph, peak, AllOn, seed);
            Assert.Equal(peak, MemoryMap.Of(graph, OrderSearch.Search(graph).Order).PeakBytes);
            changed += graph.Operators.Any(op => op.Shares.Count > 0) ? 1 : 0;
        }
        Assert.True(changed > Cases.Of(count) / 2);
    }

    [Theory]
    [InlineData(8_000_000UL, 20_000, 6)]
    [InlineData(9_000_000UL, 4_000, 9)]
    [Trait("Category", "Slow")]
    public void With_memory_that_operators_share_the_peak_of_many_is_that_of_an_independent_recursion(ulong from, int count, int most) =>
        With_memory_that_operators_share_the_peak_is_that_of_an_independent_recursion(from, count, most);

    [Fact]
    public void With_memory_that_operators_share_every_combination_of_techniques_finds_the_same_peak()
    {
        for (int combination = 0; combination < TechniqueCombinations.Count; combination++)
        {
            SearchTechniques techniques = TechniqueCombinations.Of(combination);
            foreach (ulong seed in Seeds(11_000_000 + (8 * (ulong)combination), 8))
            {
                Graph graph = SharedGraphs.Tiny(seed, 8);
                AssertOptimal(graph, BruteForce.BySubsets(graph).PeakBytes, techniques, seed);
            }
        }
    }

    [Fact]
    public void The_papers_recursion_agrees_where_it_speaks_of_the_same_graphs()
    {
        int compared = 0;
        for (ulong seed = 5_000_000; compared < Cases.Of(300); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 8);
            if (!PaperAlgorithm1.Covers(graph))
                continue;
            compared++;
            Assert.Equal(PaperAlgorithm1.MinimalPeak(graph), OrderSearch.Search(graph).PeakBytes);
        }
    }

    [Fact]
    public void An_optimal_order_of_the_file_is_kept()
    {
        int kept = 0;
        foreach (ulong seed in Seeds(6_000_000, 5_000))
        {
            Graph graph = RandomGraphs.Tiny(seed, 8);
            int[] file = Enumerable.Range(0, graph.Operators.Count).ToArray();
            OrderResult result = OrderSearch.Search(graph);
            if (BruteForce.PeakOf(graph, file) != result.PeakBytes)
                continue;
            kept++;
            Assert.Equal(file, result.Order);
        }
        Assert.True(kept > Cases.Of(5_000) / 5);
    }

    [Fact]
    public void Among_optimal_orders_it_is_the_one_that_leaves_the_files_order_last()
    {
        int compared = 0;
        for (ulong seed = 7_000_000; compared < Cases.Of(300); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 6);
            OrderResult result = OrderSearch.Search(graph);
            int[]? first = FirstOptimalOrder(graph, result.PeakBytes);
            compared++;
            Assert.Equal(first, result.Order);
        }
    }

    [Theory]
    [InlineData(GraphFamily.NasNet, 800)]
    [InlineData(GraphFamily.HRNet, 800)]
    [InlineData(GraphFamily.BiFpn, 800)]
    [InlineData(GraphFamily.Transformer, 800)]
    [InlineData(GraphFamily.UNet, 800)]
    [InlineData(GraphFamily.DenseNet, 400)]
    [InlineData(GraphFamily.RandWire, 192)]
    [InlineData(GraphFamily.HillsAndValleys, 60)]
    [InlineData(GraphFamily.Chain, 5_000)]
    public void Structured_graphs_are_proven_within_few_nodes(GraphFamily family, int operators)
    {
        foreach (ulong seed in Seeds(1, 2))
        {
            Graph graph = RandomGraphs.Create(family, operators, seed);
            OrderResult result = OrderSearch.Search(graph, new SearchLimits { Nodes = 50_000, Time = TimeSpan.FromMinutes(5) });
            Assert.True(result.Proven, $"{family} {seed}: {result.PeakBytes} against {result.LowerBoundBytes}");
            Assert.True(BruteForce.IsValid(graph, result.Order));
            Assert.Equal(result.PeakBytes, BruteForce.PeakOf(graph, result.Order));
        }
    }

    [Fact]
    public void At_its_limit_it_gives_its_best_order_and_an_honest_lower_bound()
    {
        Graph graph = RandomGraphs.Create(GraphFamily.Arbitrary, 100, 1);
        OrderResult result = OrderSearch.Search(graph, new SearchLimits { Nodes = 500 });
        Assert.False(result.Proven);
        Assert.True(result.LowerBoundBytes < result.PeakBytes);
        Assert.Equal(result.PeakBytes, BruteForce.PeakOf(graph, result.Order));
        OrderResult more = OrderSearch.Search(graph, new SearchLimits { Nodes = 5_000 });
        Assert.True(more.LowerBoundBytes >= result.LowerBoundBytes);
        Assert.True(result.LowerBoundBytes <= more.PeakBytes);
    }

    [Fact]
    public void A_bound_on_memory_ends_the_search_as_well()
    {
        Graph graph = RandomGraphs.Create(GraphFamily.Arbitrary, 100, 1);
        OrderResult result = OrderSearch.Search(graph, new SearchLimits { MemoryBytes = 200_000, Time = TimeSpan.FromMinutes(5) });
        Assert.False(result.Proven);
        Assert.True(result.Nodes < 20_000);
    }

    [Fact]
    public void Cancellation_ends_it()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Graph graph = RandomGraphs.Create(GraphFamily.Arbitrary, 100, 1);
        Assert.Throws<OperationCanceledException>(() => OrderSearch.Search(graph, new SearchLimits { Cancellation = cancelled.Token }));
    }

    [Fact]
    public void It_is_the_same_every_time()
    {
        foreach (GraphFamily family in RandomGraphs.Families)
        {
            Graph graph = RandomGraphs.Create(family, 60, 3, GraphTraits.All);
            var limits = new SearchLimits { Nodes = 3_000, Time = TimeSpan.FromMinutes(5) };
            Assert.Equal(OrderSearch.Search(graph, limits).Order, OrderSearch.Search(graph, limits).Order);
        }
    }

    [Fact]
    public void A_graph_without_operators_has_its_inputs_as_peak()
    {
        var builder = new GraphBuilder();
        builder.AddTensor(100);
        builder.AddTensor(20, isOutput: true);
        OrderResult result = OrderSearch.Search(builder.Build());
        Assert.Empty(result.Order);
        Assert.Equal(120, result.PeakBytes);
        Assert.True(result.Proven);
    }

    private static IEnumerable<ulong> Seeds(ulong from, int count) => Enumerable.Range(0, Cases.Of(count)).Select(i => from + (ulong)i);

    private static void AssertOptimal(Graph graph, long expected, SearchTechniques techniques, ulong seed)
    {
        OrderResult result = OrderSearch.Search(graph, null, techniques);
        bool isRight = result.PeakBytes == expected && result.Proven && BruteForce.IsValid(graph, result.Order)
            && BruteForce.PeakOf(graph, result.Order) == expected;
        Assert.True(isRight, $"seed {seed}, {techniques}: {result.PeakBytes} (bound {result.LowerBoundBytes}) where {expected} is optimal");
    }

    /// <summary>The first valid order within the peak in lexicographic order, found by trying all.</summary>
    private static int[]? FirstOptimalOrder(Graph graph, long peak) =>
        Orders([], graph).FirstOrDefault(order => BruteForce.PeakOf(graph, order) <= peak);

    private static IEnumerable<int[]> Orders(int[] begun, Graph graph)
    {
        if (begun.Length == graph.Operators.Count)
            return [begun];
        return graph.Operators
            .Where(o => !begun.Contains(o.Index) && o.Predecessors.All(p => begun.Contains(p)))
            .SelectMany(o => Orders([.. begun, o.Index], graph));
    }
}
