using System.Globalization;
using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>The example of docs/algorithm.md, and that the page prints what it comes to.</summary>
public class WorkedExampleTests
{
    private static readonly int[] LeftFirst = [0, 1, 3, 2, 4, 5], RightFirst = [0, 2, 4, 1, 3, 5];

    private static readonly string[] Names = ["stem", "left 1", "right 1", "left 2", "right 2", "join"];

    private static readonly string Page = File.ReadAllText(RepositoryFiles.PathOf("docs", "algorithm.md"));

    private static readonly string Prose = Page.Replace('\n', ' ');

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5 }, new long[] { 600, 1300, 2100, 1800, 1050, 500 }, 2100)]
    [InlineData(new[] { 0, 1, 3, 2, 4, 5 }, new long[] { 600, 1300, 1400, 1300, 1050, 500 }, 1400)]
    [InlineData(new[] { 0, 2, 4, 1, 3, 5 }, new long[] { 600, 1200, 1350, 1450, 1150, 500 }, 1450)]
    public void Each_order_holds_what_the_page_prints(int[] order, long[] steps, long peak)
    {
        Graph graph = TwoBranches();
        MemoryMap map = MemoryMap.Of(graph, order);

        Assert.Equal(steps, map.Steps.Skip(1).Select(step => step.TotalBytes));
        Assert.Equal(peak, map.PeakBytes);
        Assert.Equal(peak, BruteForce.PeakOf(graph, order));
        foreach ((int index, long bytes) in order.Zip(steps))
            Assert.Contains(Names[index] + " " + bytes.ToString("N0", CultureInfo.InvariantCulture), RowOf(peak), StringComparison.Ordinal);
    }

    [Fact]
    public void The_branch_that_leaves_less_room_is_finished_first()
    {
        Graph graph = TwoBranches();
        OrderResult result = OrderSearch.Search(graph);
        (long least, _, long orders) = BruteForce.ByEnumeration(graph);

        Assert.Equal(6, orders);
        Assert.Equal(1400, least);
        Assert.True(result.Proven);
        Assert.Equal(1400, result.PeakBytes);
        Assert.Equal(LeftFirst, result.Order);
        Assert.Contains("six valid orders", Prose, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bound_rises_as_the_page_tells()
    {
        Graph graph = TwoBranches();
        long[] bounds = Enumerable.Range(0, 30)
            .Select(nodes => OrderSearch.Search(graph, new SearchLimits { Nodes = nodes }).LowerBoundBytes)
            .Distinct()
            .ToArray();

        Assert.Equal([1300, 1350, 1400], bounds);
        Assert.Contains("1,300, 1,350 and 1,400", Prose, StringComparison.Ordinal);
    }

    [Fact]
    public void No_greedy_order_finds_it()
    {
        var graph = new SearchGraph(TwoBranches());
        foreach (GreedyOrders.Preference preference in Enum.GetValues<GreedyOrders.Preference>())
            Assert.Equal(RightFirst, GreedyOrders.Make(graph, preference));
    }

    /// <summary>The line of the page's table whose last cell is <paramref name="peak"/>.</summary>
    private static string RowOf(long peak) =>
        Page.Split('\n').Single(line => line.EndsWith($"| **{peak.ToString("N0", CultureInfo.InvariantCulture)}** |", StringComparison.Ordinal));

    private static Graph TwoBranches()
    {
        var builder = new GraphBuilder();
        int input = builder.AddTensor(200), stem = builder.AddTensor(400);
        int wideLeft = builder.AddTensor(900), wideRight = builder.AddTensor(800);
        int left = builder.AddTensor(100), right = builder.AddTensor(150), output = builder.AddTensor(250, isOutput: true);
        builder.AddOperator("stem", [input], [stem]);
        builder.AddOperator("left 1", [stem], [wideLeft]);
        builder.AddOperator("right 1", [stem], [wideRight]);
        builder.AddOperator("left 2", [wideLeft], [left]);
        builder.AddOperator("right 2", [wideRight], [right]);
        builder.AddOperator("join", [left, right], [output]);
        return builder.Build();
    }
}
