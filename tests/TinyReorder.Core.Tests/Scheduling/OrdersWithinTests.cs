using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>The list of orders within a number of bytes against all orders there are.</summary>
public class OrdersWithinTests
{
    [Fact]
    public void Every_order_within_the_bytes_is_listed_once_the_files_first()
    {
        int listed = 0, leftOut = 0;
        for (ulong seed = 20_000_000; seed < 20_000_000 + (ulong)Cases.Of(800); seed++)
        {
            Graph graph = RandomGraphs.Tiny(seed, 6);
            List<int[]> all = ListedOrders.Of(graph);
            long[] peaks = all.Select(order => StepPeak(graph, order)).ToArray();
            foreach (long capacity in new[] { peaks.Min() - 1, peaks.Min(), peaks.Max() })
            {
                List<int[]> within = OrdersWithin.List(graph, () => capacity, long.MaxValue).ToList();
                Assert.Equal(all.Where((_, i) => peaks[i] <= capacity), within);
                listed += within.Count;
                leftOut += all.Count - within.Count;
            }
        }
        Assert.True(listed > 0 && leftOut > 0);
    }

    /// <summary>Three operators that read the input alone: six orders, which share what they begin with.</summary>
    [Fact]
    public void It_ends_after_as_many_steps_as_it_may_try()
    {
        Graph graph = Fan(3);
        int[] counts = Enumerable.Range(0, 17).Select(steps => OrdersWithin.List(graph, () => long.MaxValue, steps).Count()).ToArray();
        Assert.Equal([0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6], counts);
    }

    [Fact]
    public void The_bytes_are_asked_for_at_each_step()
    {
        // Whoever takes an order may ask for less from then on.
        Graph graph = Fan(3);
        long capacity = long.MaxValue;
        var listed = new List<int[]>();
        foreach (int[] order in OrdersWithin.List(graph, () => capacity, long.MaxValue))
        {
            listed.Add(order);
            capacity = listed.Count == 2 ? 0 : capacity;
        }
        Assert.Equal([[0, 1, 2], [0, 2, 1]], listed);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2_000, 1)]
    [InlineData(2_001, 0)]
    public void A_graph_without_operators_and_one_with_very_many_have_no_list(int operators, int listed)
    {
        var builder = new GraphBuilder();
        int last = builder.AddTensor(1);
        for (int i = 0; i < operators; i++)
        {
            int next = builder.AddTensor(1);
            builder.AddOperator("NODE", [last], [next]);
            last = next;
        }
        Assert.Equal(listed, OrdersWithin.List(builder.Build(), () => long.MaxValue, long.MaxValue).Count());
    }

    private static Graph Fan(int operators)
    {
        var builder = new GraphBuilder();
        int input = builder.AddTensor(4);
        for (int i = 0; i < operators; i++)
            builder.AddOperator("NODE", [input], [builder.AddTensor(4, isOutput: true)]);
        return builder.Build();
    }

    /// <summary>The most that is held while an operator runs; what is held before the first one is none of its business.</summary>
    private static long StepPeak(Graph graph, int[] order) => MemoryMap.Of(graph, order).Steps.Skip(1).Max(step => step.TotalBytes);
}
