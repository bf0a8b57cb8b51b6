using TinyReorder.Graphs;

namespace TinyReorder.Tests.Scheduling;

/// <summary>All orders and all sets of executed operators of small graphs, by trying everything.</summary>
internal static class ListedOrders
{
    /// <summary>Every valid order, in lexicographic order.</summary>
    public static List<int[]> Of(Graph graph)
    {
        List<int[]> begun = [[]];
        for (int i = 0; i < graph.Operators.Count; i++)
        {
            begun = begun
                .SelectMany(order => graph.Operators.Where(op => !order.Contains(op.Index) && op.Predecessors.All(p => order.Contains(p)))
                    .Select(op => (int[])[.. order, op.Index]))
                .ToList();
        }
        return begun;
    }

    /// <summary>Every set of operators that an order can have executed, as bits.</summary>
    public static IEnumerable<int> Sets(Graph graph) =>
        Enumerable.Range(0, 1 << graph.Operators.Count)
            .Where(set => graph.Operators.All(op => !IsIn(op.Index, set) || op.Predecessors.All(p => IsIn(p, set))));

    /// <summary>Bytes between two operators when those of <paramref name="set"/> have run.</summary>
    public static long LiveBytes(Graph graph, int set) => graph.Tensors
        .Where(tensor => (tensor.Producer < 0 || IsIn(tensor.Producer, set)) && (tensor.IsOutput || tensor.Consumers.Any(op => !IsIn(op, set))))
        .Sum(tensor => tensor.Bytes);

    public static bool IsIn(int index, int set) => (set >> index & 1) != 0;
}
