using System.Numerics;
using TinyReorder.Graphs;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// The minimal peak of small graphs, twice over: by trying every valid order and by a table over all sets of operators. Both count bytes by themselves,
/// from the definitions in words, and share no code with the library beyond the graph's data.
/// </summary>
public static class BruteForce
{
    private const int MostForSubsets = 20;

    /// <summary>
    /// The peak of <paramref name="order"/>, tensor by tensor and step by step: a tensor is held in a step if it has been written (or is an input) by then and is an
    /// output, is read in this step or later, or is being written. All inputs are held before the first step.
    /// </summary>
    public static long PeakOf(Graph graph, IReadOnlyList<int> order)
    {
        long peak = graph.Tensors.Where(tensor => tensor.Producer < 0).Sum(tensor => tensor.Bytes);
        for (int step = 0; step < order.Count; step++)
        {
            var done = order.Take(step + 1).ToHashSet();
            var notBefore = order.Skip(step).ToHashSet();
            long held = graph.Operators[order[step]].ReservedBytes;
            foreach (GraphTensor tensor in graph.Tensors)
            {
                bool written = tensor.Producer < 0 || done.Contains(tensor.Producer);
                if (written && (tensor.IsOutput || tensor.Producer == order[step] || tensor.Consumers.Any(notBefore.Contains)))
                    held += tensor.Bytes;
            }
            peak = Math.Max(peak, held);
        }
        return peak;
    }

    /// <summary>Whether <paramref name="order"/> names every operator once, each behind all its predecessors.</summary>
    public static bool IsValid(Graph graph, IReadOnlyList<int> order)
    {
        var done = new HashSet<int>();
        return order.Count == graph.Operators.Count
            && order.All(index => index >= 0 && index < graph.Operators.Count && graph.Operators[index].Predecessors.All(done.Contains) && done.Add(index));
    }

    /// <summary>Tries every valid order; for at most seven or eight operators.</summary>
    /// <returns>The minimal peak in bytes, the first order that has it, and how many valid orders there are.</returns>
    public static (long PeakBytes, int[] Order, long Orders) ByEnumeration(Graph graph)
    {
        long best = long.MaxValue, orders = 0;
        int[] bestOrder = [];
        var order = new List<int>();
        Extend();
        return (best, bestOrder, orders);

        void Extend()
        {
            if (order.Count == graph.Operators.Count)
            {
                orders++;
                if (PeakOf(graph, order) is var peak && peak < best)
                    (best, bestOrder) = (peak, [.. order]);
                return;
            }
            foreach (GraphOperator next in graph.Operators)
            {
                if (order.Contains(next.Index) || !next.Predecessors.All(order.Contains))
                    continue;
                order.Add(next.Index);
                Extend();
                order.RemoveAt(order.Count - 1);
            }
        }
    }

    /// <summary>
    /// For each set of operators that can have run, the cheapest way to get there: 2^n entries, for at most <c>20</c> operators, comfortable up to 16.
    /// </summary>
    /// <returns>The minimal peak in bytes and an order that has it.</returns>
    public static (long PeakBytes, int[] Order) BySubsets(Graph graph)
    {
        int count = graph.Operators.Count;
        if (count > MostForSubsets)
            throw new ArgumentException($"{count} operators are too many for a table over all sets.", nameof(graph));
        uint[] before = graph.Operators.Select(op => Mask(op.Predecessors)).ToArray();
        long[] needs = graph.Operators.Select(op => op.ReservedBytes + op.Outputs.Sum(t => graph.Tensors[t].Bytes)).ToArray();
        (uint Producer, uint Consumers, bool IsOutput, long Bytes)[] tensors = graph.Tensors
            .Select(tensor => (tensor.Producer < 0 ? 0u : 1u << tensor.Producer, Mask(tensor.Consumers), tensor.IsOutput, tensor.Bytes))
            .ToArray();
        long[] cheapest = new long[1 << count];
        int[] last = new int[1 << count];
        Array.Fill(cheapest, long.MaxValue);
        cheapest[0] = tensors.Where(tensor => tensor.Producer == 0).Sum(tensor => tensor.Bytes);
        for (uint done = 0; done < cheapest.Length; done++)
        {
            if (cheapest[done] == long.MaxValue)
                continue;
            long held = 0;
            foreach ((uint producer, uint consumers, bool isOutput, long bytes) in tensors)
            {
                if ((producer & ~done) == 0 && (isOutput || (consumers & ~done) != 0))
                    held += bytes;
            }
            for (int next = 0; next < count; next++)
            {
                uint bit = 1u << next, after = done | bit;
                long peak = Math.Max(cheapest[done], held + needs[next]);
                if ((done & bit) == 0 && (before[next] & ~done) == 0 && peak < cheapest[after])
                    (cheapest[after], last[after]) = (peak, next);
            }
        }
        int[] order = new int[count];
        uint rest = (uint)(cheapest.Length - 1);
        for (int i = BitOperations.PopCount(rest) - 1; i >= 0; rest &= ~(1u << order[i]), i--)
            order[i] = last[rest];
        return (cheapest[^1], order);
    }

    private static uint Mask(IEnumerable<int> operators) => operators.Aggregate(0u, (mask, index) => mask | (1u << index));
}
