using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>The parts of the search alone, as the search uses them.</summary>
public class SearchPartsTests
{
    private const ulong From = 40_000_000;

    /// <summary>From any start, with and without leave to raise the bound, the exhaustive part finds what the best order from there needs.</summary>
    [Fact]
    public void From_any_start_the_exhaustive_part_is_exact()
    {
        int within = 0, above = 0;
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_600); seed++)
        {
            Graph graph = seed % 2 == 0 ? RandomGraphs.Tiny(seed, 6) : SharedGraphs.Tiny(seed, 6);
            var random = new Pcg32(seed);
            SearchTechniques techniques = TechniqueCombinations.Of(random.Below(TechniqueCombinations.Count));
            List<int[]> orders = ListedOrders.Of(graph);
            int[] begun = random.Pick(orders)[..random.Below(graph.Operators.Count)];
            long[] peaks = orders.Where(order => order.Take(begun.Length).SequenceEqual(begun)).Select(order => PeakFrom(graph, order, begun.Length))
                .ToArray();
            long least = peaks.Min();
            BottleneckSearch Search(long bound, bool mayRaise = true, long known = long.MaxValue) =>
                new(new SearchGraph(graph), bound, techniques, new SearchLimits(), begun, mayRaise, known);

            BottleneckSearch raising = Search(0);
            int[] found = raising.Run()!;
            Assert.Equal(begun, found.Take(begun.Length));
            Assert.True(BruteForce.IsValid(graph, found));
            Assert.Equal((least, least), (PeakFrom(graph, found, begun.Length), Math.Max(raising.Bound, 0)));

            Assert.NotNull(Search(least, mayRaise: false).Run());
            BottleneckSearch asking = Search(least - 1, mayRaise: false);
            Assert.Null(asking.Run());
            Assert.InRange(asking.Bound, least - 1, least);
            above += asking.Bound == least ? 1 : 0;

            BottleneckSearch known = Search(0, known: least);
            Assert.Null(known.Run());
            Assert.Equal(least, known.Bound);
            Assert.NotNull(Search(0, known: least + 1).Run());
            within++;
        }
        Assert.True(within > 0 && above > 0);
    }

    /// <summary>From any end of an order as well: what the best order that ends so needs before it.</summary>
    [Fact]
    public void From_any_end_the_exhaustive_part_is_exact() => SearchFromEnds(From, Cases.Of(1_600));

    [Fact]
    [Trait("Category", "Slow")]
    public void From_many_ends_it_is_exact() => SearchFromEnds(From + 1_000_000, Cases.Of(8_000));

    private static void SearchFromEnds(ulong from, int count)
    {
        int shared = 0, above = 0;
        for (ulong seed = from; seed < from + (ulong)count; seed++)
        {
            Graph graph = seed % 2 == 0 ? RandomGraphs.Tiny(seed, 6) : SharedGraphs.Tiny(seed, 6);
            var random = new Pcg32(seed);
            SearchTechniques techniques = TechniqueCombinations.Of(random.Below(TechniqueCombinations.Count));
            List<int[]> orders = ListedOrders.Of(graph);
            int[] ends = random.Pick(orders)[(1 + random.Below(graph.Operators.Count - 1))..];
            int left = graph.Operators.Count - ends.Length;
            long least = orders.Where(order => order.Skip(left).SequenceEqual(ends)).Min(order => PeakUpTo(graph, order, left));
            BottleneckSearch Search(long bound, bool mayRaise = true, long known = long.MaxValue) =>
                new(new SearchGraph(graph), bound, techniques, new SearchLimits(), [.. Enumerable.Reverse(ends)], mayRaise, known, fromEnd: true);

            BottleneckSearch raising = Search(0);
            int[] found = raising.Run()!;
            Assert.Equal(ends, found.Skip(left));
            Assert.True(BruteForce.IsValid(graph, found));
            Assert.Equal((least, least), (PeakUpTo(graph, found, left), raising.Bound));
            Assert.NotNull(Search(least, mayRaise: false).Run());
            BottleneckSearch asking = Search(least - 1, mayRaise: false);
            Assert.Null(asking.Run());
            Assert.InRange(asking.Bound, least - 1, least);
            above += asking.Bound == least ? 1 : 0;
            BottleneckSearch known = Search(0, known: least);
            // Where nothing has bytes, the first bound is the answer already.
            Assert.Equal(least == 0, known.Run() is not null);
            Assert.Equal(least, known.Bound);
            shared += graph.Operators.Any(op => op.Shares.Count > 0) ? 1 : 0;
        }
        Assert.True(shared > count / 4 && above > 0);
    }

    private static long PeakUpTo(Graph graph, int[] order, int end) =>
        MemoryMap.Of(graph, order).Steps.Skip(1).Take(end).Max(step => step.TotalBytes);

    [Fact]
    public void It_expands_no_more_states_than_it_may()
    {
        Graph graph = RandomGraphs.Create(GraphFamily.Arbitrary, 100, 1);
        var limits = new SearchLimits { Time = TimeSpan.MaxValue };
        foreach (long nodes in new long[] { 0, 1, 63, 64, 700 })
        {
            Assert.Equal(nodes, OrderSearch.Search(graph, limits with { Nodes = nodes }, new SearchTechniques { Approaches = false }).Nodes);
            Assert.InRange(OrderSearch.Search(graph, limits with { Nodes = nodes }).Nodes, 0, nodes);
        }
        // Without time the first look at the clock ends it.
        OrderResult none = OrderSearch.Search(graph, new SearchLimits { Time = TimeSpan.Zero });
        Assert.Equal((0L, false), (none.Nodes, none.Proven));
        Assert.Equal(none.PeakBytes, BruteForce.PeakOf(graph, none.Order));
    }

    [Fact]
    public void Alternatives_are_other_ways_to_the_same_peak()
    {
        int several = 0, kept = 0;
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_600); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 9);
            OrderResult result = OrderSearch.Search(graph);
            Assert.All(result.Alternatives, order =>
                Assert.Equal((true, result.PeakBytes), (BruteForce.IsValid(graph, order), BruteForce.PeakOf(graph, order))));
            Assert.Equal(result.Alternatives.Count, result.Alternatives.Distinct(ReferenceEqualityComparer.Instance).Count());
            bool isFile = result.Order.SequenceEqual(Enumerable.Range(0, graph.Operators.Count));
            Assert.Equal(!isFile, result.Alternatives.Count > 0);
            several += result.Alternatives.Count > 1 ? 1 : 0;
            kept += isFile ? 1 : 0;
        }
        Assert.True(several > 0 && kept > 0);
    }

    /// <summary>Step by step the best of what could run, chosen once more by sorting.</summary>
    [Fact]
    public void A_greedy_order_runs_what_frees_memory_and_else_what_it_prefers()
    {
        Assert.Equal(Enum.GetValues<GreedyOrders.Preference>(), GreedyOrders.Preferences);
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_600); seed++)
        {
            Graph graph = seed % 2 == 0 ? RandomGraphs.Tiny(seed, 12) : SharedGraphs.Tiny(seed, 12);
            var search = new SearchGraph(graph);
            foreach (GreedyOrders.Preference preference in Enum.GetValues<GreedyOrders.Preference>())
            {
                var cursor = new ExecutionCursor(search);
                var expected = new List<int>();
                while (expected.Count < graph.Operators.Count)
                {
                    var candidates = cursor.Available.Order().Select(o => (Operator: o, Growth: cursor.Growth(o), Running: cursor.RunningBytes(o)));
                    bool Continues(int o) => expected.Count > 0 && graph.Operators[o].Predecessors.Contains(expected[^1]);
                    var frees = candidates.OrderBy(c => c.Growth > 0);
                    expected.Add((preference switch
                    {
                        GreedyOrders.Preference.LeastWhileRunning => frees.ThenBy(c => c.Running).ThenBy(c => c.Growth),
                        GreedyOrders.Preference.LeastGrowth => frees.ThenBy(c => c.Growth).ThenBy(c => c.Running),
                        _ => frees.ThenBy(c => c.Growth > 0 && !Continues(c.Operator)).ThenBy(c => c.Growth).ThenBy(c => c.Running),
                    }).First().Operator);
                    cursor.Run(expected[^1]);
                }
                Assert.Equal(expected, GreedyOrders.Make(search, preference));
            }
        }
    }

    /// <summary>An operator may wait where, in any order, moving it right before the next one that needs it makes no step higher.</summary>
    [Fact]
    public void What_may_wait_can_be_moved_behind_without_cost()
    {
        int lazy = 0;
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_200); seed++)
        {
            Graph graph = seed % 2 == 0 ? RandomGraphs.Tiny(seed, 6) : SharedGraphs.Tiny(seed, 6);
            bool[] isLazy = new SearchGraph(graph).IsLazy;
            foreach (int[] order in ListedOrders.Of(graph))
            {
                foreach (int o in order.Where(o => isLazy[o]))
                {
                    int at = Array.IndexOf(order, o), needed = Array.FindIndex(order, next => graph.Operators[next].Predecessors.Contains(o));
                    int[] later = [.. order[..at], .. order[(at + 1)..needed], o, .. order[needed..]];
                    Assert.True(PeakFrom(graph, later, 0) <= PeakFrom(graph, order, 0), $"seed {seed}: {o} in {string.Join(" ", order)}");
                    lazy++;
                }
            }
        }
        Assert.True(lazy > 0);
    }

    [Fact]
    public void A_search_may_be_told_of_its_end_before_it_begins()
    {
        var graph = new SearchGraph(RandomGraphs.Create(GraphFamily.Arbitrary, 30, 1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        long[] known = Enumerable.Repeat(long.MaxValue, graph.Count).ToArray();
        Assert.Throws<OperationCanceledException>(() => LowerBounds.Cuts(graph, 0, known, 1, () => false, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() =>
            new BottleneckSearch(graph, 0, new SearchTechniques(), new SearchLimits { Cancellation = cancelled.Token }).Run());
        Assert.Throws<OperationCanceledException>(() => new ClosestOrder(graph, long.MaxValue, new SearchTechniques(), () => false, cancelled.Token)
            .From(Enumerable.Range(0, graph.Count).ToArray()));
        Assert.Equal(Enumerable.Range(0, graph.Count),
            new ClosestOrder(graph, long.MaxValue, new SearchTechniques(), () => true, default).From(Enumerable.Range(0, graph.Count).ToArray()));
    }

    /// <summary>The most that is held while an operator from <paramref name="from"/> on runs.</summary>
    private static long PeakFrom(Graph graph, int[] order, int from)
    {
        long[] running = GreedyOrders.RunningBytes(new SearchGraph(graph), order);
        Assert.Equal(MemoryMap.Of(graph, order).Steps.Skip(1).Select(step => step.TotalBytes), order.Select(o => running[o]));
        return order[from..].Max(o => running[o]);
    }
}
