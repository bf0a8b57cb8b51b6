using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Scheduling;

/// <summary>The set of executed operators that the search moves through, against counting anew at each step.</summary>
public class CursorTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void Forward_and_back_it_holds_what_the_definition_says(int operators)
    {
        for (ulong seed = 1; seed <= 2; seed++)
        {
            Graph graph = RandomGraphs.Create(RandomGraphs.Families[(int)seed], operators, seed, GraphTraits.All);
            var cursor = new ExecutionCursor(new SearchGraph(graph));
            var random = new Pcg32(seed);
            var run = new List<int>();
            for (int step = 0; step < 3 * operators; step++)
            {
                Check(graph, cursor, run);
                bool isBack = run.Count > 0 && (run.Count == operators || random.OneIn(3));
                if (isBack)
                {
                    cursor.TakeBack(run[^1]);
                    run.RemoveAt(run.Count - 1);
                    continue;
                }
                int next = random.Pick(cursor.Available.Order().ToArray());
                int[] order = [.. run, next, .. Rest(graph, [.. run, next])];
                MemoryStep held = MemoryMap.Of(graph, order).Steps[run.Count + 1];
                Assert.Equal(held.TotalBytes, cursor.RunningBytes(next));
                long growth = cursor.Growth(next), before = cursor.LiveBytes;
                cursor.Run(next);
                Assert.Equal(growth, cursor.LiveBytes - before);
                run.Add(next);
            }
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(65)]
    [InlineData(130)]
    public void From_the_end_it_holds_the_same(int operators)
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            Graph graph = RandomGraphs.Create(RandomGraphs.Families[(int)seed], operators, seed, GraphTraits.All);
            var cursor = new ExecutionCursor(new SearchGraph(graph), fromEnd: true);
            var random = new Pcg32(seed);
            var chosen = new List<int>();
            while (cursor.Available.Count > 0)
            {
                int next = random.Pick(cursor.Available.Order().ToArray());
                chosen.Add(next);
                long growth = cursor.Growth(next), live = cursor.LiveBytes;
                cursor.Run(next);
                Assert.Equal(growth, cursor.LiveBytes - live);
                cursor.TakeBack(next);
                Assert.Equal(live, cursor.LiveBytes);
                cursor.Run(next);
            }
            int[] order = [.. Enumerable.Reverse(chosen)];
            MemoryMap map = MemoryMap.Of(graph, order);
            cursor = new ExecutionCursor(new SearchGraph(graph), fromEnd: true);
            for (int i = order.Length - 1; i >= 0; i--)
            {
                Assert.Equal(map.Steps[i + 1].TotalBytes, cursor.RunningBytes(order[i]));
                cursor.Run(order[i]);
            }
        }
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(129)]
    public void Keys_are_equal_exactly_where_the_sets_are(int operators)
    {
        var builder = new GraphBuilder();
        int input = builder.AddTensor(1);
        for (int i = 0; i < operators; i++)
            builder.AddOperator("NODE", [input], [builder.AddTensor(1, isOutput: true)]);
        var graph = new SearchGraph(builder.Build());
        ExecutionCursor Cursor(IEnumerable<int> run)
        {
            var cursor = new ExecutionCursor(graph);
            foreach (int o in run)
                cursor.Run(o);
            return cursor;
        }

        int[] all = Enumerable.Range(0, operators).ToArray();
        List<int[]> sets = [[], all, all[..62], [0], [1], [62], all[..^1], all[1..], [.. all.Where(o => o % 2 == 0)], [.. all.Where(o => o != operators / 2)]];
        sets.AddRange(operators > 64 ? [[64], all[..64], all[64..], [.. all[..64], 128], [0, 128], all[..65], all[..128]] : []);
        foreach (int[] one in sets)
        {
            ExecutionCursor at = Cursor(one);
            StateKey key = at.Key();
            Assert.Equal(key, Cursor(Enumerable.Reverse(one)).Key());
            Assert.Equal(key.GetHashCode(), Cursor(Enumerable.Reverse(one)).Key().GetHashCode());
            Assert.True(key.Equals((object)Cursor(Enumerable.Reverse(one)).Key()));
            Assert.False(key.Equals("a set"));
            Assert.Equal(one.TakeWhile((o, i) => o == i).Count() / 64, key.Start);
            Assert.Equal(48 + (8 * key.Words.Length), key.Bytes);
            Assert.Equal(one.Length == 0 ? 0 : Math.Max(0, (one.Max() / 64) + 1 - key.Start), key.Words.Length);
            foreach (int[] other in sets.Where(other => !ReferenceEquals(one, other)))
            {
                bool isSame = one.ToHashSet().SetEquals(other);
                Assert.Equal(isSame, key.Equals(Cursor(other).Key()));
                Assert.Equal(isSame, key.Equals((object)Cursor(other).Key()));
                Assert.Equal(other.All(one.Contains), at.ContainsAll(Cursor(other).Key()));
            }
        }
    }

    private static void Check(Graph graph, ExecutionCursor cursor, List<int> run)
    {
        Assert.Equal(run.Count, cursor.Executed);
        var done = run.ToHashSet();
        Assert.Equal(graph.Operators.Where(op => !done.Contains(op.Index) && op.Predecessors.All(done.Contains)).Select(op => op.Index),
            cursor.Available.Order());
        Assert.All(graph.Operators, op => Assert.Equal(done.Contains(op.Index), cursor.Contains(op.Index)));
        Assert.All(graph.Operators, op => Assert.Equal(op.Predecessors.Count(p => !done.Contains(p)), cursor.MissingPredecessors(op.Index)));
        long live = graph.Tensors
            .Where(tensor => (tensor.Producer < 0 || done.Contains(tensor.Producer)) && (tensor.IsOutput || tensor.Consumers.Any(op => !done.Contains(op))))
            .Sum(tensor => tensor.Bytes);
        Assert.Equal(live, cursor.LiveBytes);
    }

    private static IEnumerable<int> Rest(Graph graph, int[] begun)
    {
        var done = begun.ToHashSet();
        // A valid order with a fixed start: the file's order is valid, so that what is left may run as the file has it.
        return graph.Operators.Select(op => op.Index).Where(op => !done.Contains(op));
    }
}
