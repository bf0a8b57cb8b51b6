using TinyReorder.Graphs;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Orders in which a model's operators may run as well.</summary>
public static class RandomOrders
{
    /// <summary>For each subgraph a random order that keeps what has to keep its place: order[i] is the file's index of the operator that runs i-th.</summary>
    internal static int[][] Of(TfliteModel model, ulong seed)
    {
        var random = new Pcg32(seed);
        return model.Subgraphs.Select(subgraph =>
        {
            Graph graph = SubgraphGraph.Create(model, subgraph.Index, GraphSizing.Plain);
            return Topological(graph.Operators.Select(op => op.Predecessors).ToArray(), ready => random.Below(ready.Count));
        }).ToArray();
    }

    /// <summary>
    /// An order that keeps <paramref name="predecessors"/>; <paramref name="pick"/> chooses a position among those that may run next. It is too short where
    /// they go in a circle.
    /// </summary>
    public static int[] Topological(IReadOnlyList<IReadOnlyList<int>> predecessors, Func<List<int>, int> pick)
    {
        int[] waiting = predecessors.Select(before => before.Distinct().Count()).ToArray();
        List<int> ready = Enumerable.Range(0, waiting.Length).Where(op => waiting[op] == 0).ToList();
        var order = new List<int>();
        while (ready.Count > 0)
        {
            int place = pick(ready), next = ready[place];
            ready.RemoveAt(place);
            order.Add(next);
            ready.AddRange(Enumerable.Range(0, waiting.Length).Where(op => predecessors[op].Contains(next) && --waiting[op] == 0));
        }
        return [.. order];
    }

    /// <summary>The orders that undo <paramref name="orders"/>.</summary>
    public static int[][] Inverse(IReadOnlyList<IReadOnlyList<int>> orders) =>
        orders.Select(order => Enumerable.Range(0, order.Count).OrderBy(i => order[i]).ToArray()).ToArray();
}
