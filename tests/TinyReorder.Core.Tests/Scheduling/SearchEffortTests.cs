using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>How many states the search expands, which is the same on every machine.</summary>
public class SearchEffortTests
{
    private const ulong SeedsOfFamily = 5;

    private static readonly SearchLimits Unhurried = new() { Time = TimeSpan.MaxValue };

    /// <summary>The exhaustive part from a bound of nothing: all that it finds out, it finds out by itself.</summary>
    private static readonly SearchTechniques Alone = new() { Approaches = false, GreedyOrders = false, CutLowerBounds = false, LowerBounds = false };

    /// <summary>States of five graphs together; a technique that no longer works takes more, often very many more.</summary>
    [Theory]
    [InlineData(GraphFamily.Arbitrary, 20, 1_750, 1_650)]
    [InlineData(GraphFamily.Layered, 20, 5_000, 4_800)]
    [InlineData(GraphFamily.SeriesParallel, 40, 4_500, 7_200)]
    [InlineData(GraphFamily.HillsAndValleys, 40, 330, 155)]
    [InlineData(GraphFamily.NasNet, 80, 190, 150)]
    [InlineData(GraphFamily.RandWire, 80, 620, 330)]
    [InlineData(GraphFamily.Transformer, 20, 7_300, 8_800)]
    [InlineData(GraphFamily.HRNet, 80, 440, 470)]
    [InlineData(GraphFamily.BiFpn, 80, 58, 48)]
    [InlineData(GraphFamily.DenseNet, 80, 140, 62)]
    [InlineData(GraphFamily.UNet, 80, 105, 0)]
    [InlineData(GraphFamily.Chain, 80, 122, 0)]
    public void Few_states_are_expanded(GraphFamily family, int operators, long mostAlone, long mostWithAll)
    {
        long alone = 0, withAll = 0;
        foreach (Graph graph in Graphs(family, operators))
        {
            OrderResult one = OrderSearch.Search(graph, Unhurried, Alone), other = OrderSearch.Search(graph, Unhurried);
            Assert.Equal((true, true, one.PeakBytes), (one.Proven, other.Proven, other.PeakBytes));
            Assert.All(new[] { one, other }, result =>
                Assert.Equal((true, result.PeakBytes), (BruteForce.IsValid(graph, result.Order), BruteForce.PeakOf(graph, result.Order))));
            alone += one.Nodes;
            withAll += other.Nodes;
        }
        Assert.True(alone <= mostAlone && withAll <= mostWithAll, $"{family}: {alone} states alone, {withAll} with all");
    }

    [Fact]
    public void Each_technique_saves_states()
    {
        AssertSaves(Alone, Alone with { ForcedMoves = false });
        AssertSaves(Alone, Alone with { Valleys = false });
        AssertSaves(Alone, Alone with { LazyOperators = false });
        AssertSaves(Alone, Alone with { Dominance = false });
    }

    [Fact]
    public void Lower_bounds_save_states()
    {
        SearchTechniques workingSets = Alone with { LowerBounds = true };
        AssertSaves(workingSets, Alone);
        AssertSaves(workingSets with { CutLowerBounds = true }, workingSets);
    }

    /// <summary>Where a search is cut short, asking about the middle of what is open has found better orders by then.</summary>
    [Fact]
    public void Approaches_find_better_orders_of_what_is_too_large()
    {
        SearchLimits limits = Unhurried with { Nodes = 3_000 };
        long with = 0, without = 0;
        for (ulong seed = 1; seed <= 8; seed++)
        {
            Graph graph = RandomGraphs.Create(GraphFamily.Arbitrary, 60, seed);
            with += OrderSearch.Search(graph, limits).PeakBytes;
            without += OrderSearch.Search(graph, limits, new SearchTechniques { Approaches = false }).PeakBytes;
        }
        Assert.True(with < without, $"{with} B with them, {without} B without");
    }

    /// <summary>The exhaustive part with nothing known beforehand, on graphs that it has to search.</summary>
    [Theory]
    [InlineData(GraphFamily.Arbitrary, false)]
    [InlineData(GraphFamily.Layered, false)]
    [InlineData(GraphFamily.SeriesParallel, false)]
    [InlineData(GraphFamily.HillsAndValleys, false)]
    [InlineData(GraphFamily.Arbitrary, true)]
    public void Alone_it_finds_the_peak_of_an_independent_recursion(GraphFamily family, bool isShared)
    {
        long nodes = 0;
        for (ulong seed = 50_000_000; seed < 50_000_000 + (ulong)Cases.Of(1_200); seed++)
        {
            Graph graph = isShared ? SharedGraphs.Tiny(seed, 9) : RandomGraphs.Create(family, 9, seed, (GraphTraits)(seed % ((ulong)GraphTraits.All + 1)));
            OrderResult result = OrderSearch.Search(graph, Unhurried, Alone);
            Assert.Equal((true, BruteForce.BySubsets(graph).PeakBytes), (result.Proven, result.PeakBytes));
            Assert.Equal(result.PeakBytes, BruteForce.PeakOf(graph, result.Order));
            nodes += result.Nodes;
        }
        Assert.True(nodes > Cases.Of(1_200));
    }

    private static void AssertSaves(SearchTechniques with, SearchTechniques without)
    {
        long few = 0, many = 0;
        foreach (GraphFamily family in new[] { GraphFamily.Arbitrary, GraphFamily.SeriesParallel, GraphFamily.HillsAndValleys, GraphFamily.NasNet,
            GraphFamily.HRNet })
        {
            foreach (Graph graph in Graphs(family, 20))
            {
                few += OrderSearch.Search(graph, Unhurried, with).Nodes;
                many += OrderSearch.Search(graph, Unhurried, without).Nodes;
            }
        }
        Assert.True(few < many, $"{few} states with {with}, {many} with {without}");
    }

    private static IEnumerable<Graph> Graphs(GraphFamily family, int operators)
    {
        for (ulong seed = 1; seed <= SeedsOfFamily; seed++)
            yield return RandomGraphs.Create(family, operators, seed);
    }
}
