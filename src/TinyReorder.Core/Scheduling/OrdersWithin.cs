using TinyReorder.Graphs;

namespace TinyReorder.Scheduling;

/// <summary>
/// Lists orders that stay within a number of bytes, one after the other and each once: for what only a whole order can tell, such as how well it can be
/// placed.
/// </summary>
internal static class OrdersWithin
{
    // Each step of an order keeps what else could have run there: memory that grows with the square of the operators.
    private const int MostOperators = 2_000;

    /// <summary>The orders, depth-first, the earliest operator of the file first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="capacityBytes">The most that may be held at any step; asked again at each step, so that it can shrink.</param>
    /// <param name="mostSteps">How many steps are tried in all before the list ends unfinished.</param>
    public static IEnumerable<int[]> List(Graph graph, Func<long> capacityBytes, long mostSteps)
    {
        if (graph.Operators.Count is 0 or > MostOperators)
            yield break;
        var cursor = new ExecutionCursor(new SearchGraph(graph));
        var order = new List<int>();
        var choices = new Stack<Queue<int>>();
        choices.Push(Choices());
        while (choices.Count > 0)
        {
            if (choices.Peek().Count == 0)
            {
                choices.Pop();
                if (order.Count > 0)
                {
                    cursor.TakeBack(order[order.Count - 1]);
                    order.RemoveAt(order.Count - 1);
                }
                continue;
            }
            int next = choices.Peek().Dequeue();
            if (mostSteps-- == 0)
                yield break;
            if (cursor.RunningBytes(next) > capacityBytes())
                continue;
            cursor.Run(next);
            order.Add(next);
            if (order.Count == graph.Operators.Count)
                yield return order.ToArray();
            choices.Push(Choices());
        }

        Queue<int> Choices() => new(cursor.Available.OrderBy(o => o));
    }
}
