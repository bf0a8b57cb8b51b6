using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>What the search takes for granted (bounds, cuts, flows), each exact by trying everything.</summary>
public class BoundTests
{
    private const ulong From = 30_000_000;

    [Fact]
    public void A_moment_is_a_cut_where_all_orders_have_executed_the_same()
    {
        int cuts = 0, others = 0;
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_200); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 7);
            int count = graph.Operators.Count;
            ILookup<int, int> bySize = ListedOrders.Sets(graph).ToLookup(set => System.Numerics.BitOperations.PopCount((uint)set));
            bool[] expected = Enumerable.Range(0, count + 1).Select(p => p > 0 && p < count && bySize[p].Count() == 1).ToArray();
            Assert.Equal(expected, CutStates.Of(new SearchGraph(graph)));
            Assert.Equal(expected.Select((_, p) => expected.Take(p + 1).Count(isCut => isCut)), CutStates.CountUpTo(new SearchGraph(graph)));
            cuts += expected.Count(isCut => isCut);
            others += expected.Count(isCut => !isCut);
        }
        Assert.True(cuts > 0 && others > 0);
    }

    [Fact]
    public void Cuts_are_found_in_graphs_of_many_words()
    {
        Graph chain = RandomGraphs.Create(GraphFamily.Chain, 200, 1);
        Assert.Equal(Enumerable.Range(0, 201).Select(p => p is > 0 and < 200), CutStates.Of(new SearchGraph(chain)));

        // A diamond every ten operators: its second operator can run before or after the third.
        var builder = new GraphBuilder();
        int last = builder.AddTensor(1);
        int Next(params int[] inputs)
        {
            int output = builder.AddTensor(1);
            builder.AddOperator("NODE", inputs, [output]);
            return output;
        }
        for (int i = 0; i < 200; i++)
        {
            if (i % 10 == 5 && i < 195)
            {
                last = Next(Next(last), Next(last));
                i += 2;
            }
            else
            {
                last = Next(last);
            }
        }
        Assert.Equal(Enumerable.Range(0, 201).Select(p => p is > 0 and < 200 && (p % 10 != 6 || p > 195)), CutStates.Of(new SearchGraph(builder.Build())));
    }

    [Fact]
    public void Working_sets_are_what_each_operator_the_start_and_the_end_hold()
    {
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_200); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 7);
            long expected = graph.Operators
                .Select(op => op.ReservedBytes + op.Inputs.Concat(op.Outputs).Sum(t => graph.Tensors[t].Bytes))
                .Append(graph.Tensors.Where(tensor => tensor.IsInput).Sum(tensor => tensor.Bytes))
                .Append(graph.Tensors.Where(tensor => tensor.IsOutput).Sum(tensor => tensor.Bytes))
                .Max();
            Assert.Equal(expected, LowerBounds.WorkingSets(new SearchGraph(graph)));
        }
    }

    [Fact]
    public void The_bound_by_cuts_is_what_any_order_holds_while_an_operator_runs()
    {
        int above = 0;
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_200); seed++)
        {
            Graph graph = seed % 2 == 0 ? RandomGraphs.Tiny(seed, 7) : SharedGraphs.Tiny(seed, 7);
            var search = new SearchGraph(graph);
            int[] sets = ListedOrders.Sets(graph).ToArray();
            long[] least = graph.Operators.Select(op => search.LeastRunBytes(op.Index) + sets
                .Where(set => !ListedOrders.IsIn(op.Index, set) && op.Predecessors.All(p => ListedOrders.IsIn(p, set)))
                .Min(set => ListedOrders.LiveBytes(graph, set))).ToArray();
            long[] unknown = Enumerable.Repeat(long.MaxValue, least.Length).ToArray();

            long Cuts(long[] known, int most, bool isOutOfTime = false) => LowerBounds.Cuts(search, 0, known, most, () => isOutOfTime, default);
            Assert.Equal(least.Max(), Cuts(unknown, int.MaxValue));
            Assert.Equal(least.Take(1).Max(), Cuts(unknown, 1));
            Assert.Equal(least.Take(2).Max(), Cuts(unknown, 2));
            Assert.Equal(0, Cuts(unknown, 0));
            Assert.Equal(0, Cuts(unknown, int.MaxValue, isOutOfTime: true));
            // Those that an order runs with the most come first, and none that is below the bound is looked at.
            long[] known = GreedyOrders.RunningBytes(search, Enumerable.Range(0, least.Length).ToArray());
            int largest = Array.IndexOf(known, known.Max());
            Assert.Equal(known[largest] > 0 ? least[largest] : 0, Cuts(known, 1));
            Assert.Equal(least.Max(), Cuts(known, int.MaxValue));
            Assert.Equal(known[largest], LowerBounds.Cuts(search, known[largest], known, int.MaxValue, () => throw new InvalidOperationException(), default));
            above += least.Max() > LowerBounds.WorkingSets(search) ? 1 : 0;
        }
        Assert.True(above > 0);
    }

    [Fact]
    public void The_largest_set_of_least_live_bytes_is_found()
    {
        int grown = 0;
        for (ulong seed = From; seed < From + (ulong)Cases.Of(1_200); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 7);
            var random = new Pcg32(seed);
            int[] sets = ListedOrders.Sets(graph).ToArray();
            int based = random.Pick(sets), most = random.Pick(sets.Where(set => (set & based) == based).ToArray());
            int[] place = new int[graph.Operators.Count];
            var free = new List<int>();
            for (int o = 0; o < place.Length; o++)
            {
                place[o] = ListedOrders.IsIn(o, based) ? -2 : ListedOrders.IsIn(o, most) ? free.Count : -1;
                if (place[o] >= 0)
                    free.Add(o);
            }
            int[] between = sets.Where(set => (set & based) == based && (set & most) == set).ToArray();
            long least = between.Min(set => ListedOrders.LiveBytes(graph, set));
            int largest = between.Where(set => ListedOrders.LiveBytes(graph, set) == least).Aggregate((one, other) => one | other);

            var search = new SearchGraph(graph);
            bool[] inside = MinimumLive.LargestSet(search, place, free);
            Assert.Equal(largest, free.Where((_, i) => inside[MinimumLive.Node(i)]).Aggregate(based, (set, o) => set | (1 << o)));
            long looks = long.MaxValue, few = 0;
            Assert.Equal(least, MinimumLive.LowerBound(search, place, free, ref looks));
            Assert.InRange(MinimumLive.LowerBound(search, place, free, ref few), 0, least);
            grown += largest != based ? 1 : 0;
        }
        Assert.True(grown > 0);
    }

    [Fact]
    public void The_largest_flow_is_the_smallest_cut()
    {
        const int nodes = 6;
        int flowing = 0;
        for (ulong seed = 1; seed <= (ulong)Cases.Of(2_000); seed++)
        {
            var random = new Pcg32(seed);
            var network = new FlowNetwork(nodes);
            var edges = new List<(int From, int To, long Bytes)>();
            for (int i = random.Between(1, 14); i > 0; i--)
            {
                int from = random.Below(nodes);
                edges.Add((from, (from + random.Between(1, nodes - 1)) % nodes, random.OneIn(6) ? FlowNetwork.Unbounded : random.Below(6)));
                network.AddEdge(edges[^1].From, edges[^1].To, edges[^1].Bytes);
            }
            // Each set with the source and without the sink is a cut.
            int[] sides = Enumerable.Range(0, 1 << nodes).Where(side => (side & 1) != 0 && (side & 2) == 0).ToArray();
            decimal Cut(int side) =>
                edges.Where(edge => ListedOrders.IsIn(edge.From, side) && !ListedOrders.IsIn(edge.To, side)).Sum(edge => (decimal)edge.Bytes);
            decimal least = sides.Min(Cut);
            if (least >= FlowNetwork.Unbounded)
                continue;
            Assert.Equal((long)least, network.Maximize(0, 1));
            int largest = sides.Where(side => Cut(side) == least).Aggregate((one, other) => one | other);
            Assert.Equal(Enumerable.Range(0, nodes).Select(node => ListedOrders.IsIn(node, largest)), network.LargestSourceSide(1));
            flowing += least > 0 ? 1 : 0;
        }
        Assert.True(flowing > 0);
    }

    [Fact]
    public void A_flow_takes_back_what_it_sent_on_the_shortest_way()
    {
        const int source = 0, sink = 1, a = 2, b = 3, c = 4, d = 5, e = 6, f = 7;
        var network = new FlowNetwork(8);
        // The shortest way, by a and b, blocks the two longer ones, which only meet when a no longer sends to b.
        foreach ((int from, int to) in new[] { (source, a), (a, b), (b, sink), (source, c), (c, d), (d, b), (a, e), (e, f), (f, sink) })
            network.AddEdge(from, to, 1);

        Assert.Equal(2, network.Maximize(source, sink));
    }
}
