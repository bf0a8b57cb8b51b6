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
    /// The peak of <paramref name="order"/>, tensor by tensor and step by step: a tensor is held in a step if it has been written (or is an input) by then
    /// and is an output, is read in this step or later, or is being written. All inputs are held before the first step.
    /// </summary>
    internal static long PeakOf(Graph graph, IReadOnlyList<int> order)
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
            held -= SharedBytes(graph, graph.Operators[order[step]], t => !graph.Tensors[t].Consumers.Any(c => c != order[step] && notBefore.Contains(c)));
            peak = Math.Max(peak, held);
        }
        return peak;
    }

    /// <summary>Whether <paramref name="order"/> names every operator once, each behind all its predecessors.</summary>
    internal static bool IsValid(Graph graph, IReadOnlyList<int> order)
    {
        var done = new HashSet<int>();
        return order.Count == graph.Operators.Count
            && order.All(index => index >= 0 && index < graph.Operators.Count && graph.Operators[index].Predecessors.All(done.Contains) && done.Add(index));
    }

    /// <summary>Tries every valid order; for at most seven or eight operators.</summary>
    /// <returns>The minimal peak in bytes, the first order that has it, and how many valid orders there are.</returns>
    internal static (long PeakBytes, int[] Order, long Orders) ByEnumeration(Graph graph)
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
    internal static (long PeakBytes, int[] Order) BySubsets(Graph graph)
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
                if ((done & bit) != 0 || (before[next] & ~done) != 0)
                    continue;
                uint left = ~done & ~bit;
                long shared = SharedBytes(graph, graph.Operators[next], t => (tensors[t].Consumers & left) == 0);
                long peak = Math.Max(cheapest[done], held + needs[next] - shared);
                if (peak < cheapest[after])
                    (cheapest[after], last[after]) = (peak, next);
            }
        }
        int[] order = new int[count];
        uint rest = (uint)(cheapest.Length - 1);
        for (int i = BitOperations.PopCount(rest) - 1; i >= 0; rest &= ~(1u << order[i]), i--)
            order[i] = last[rest];
        return (cheapest[^1], order);
    }

    /// <summary>
    /// How many bytes of the outputs can lie under inputs that die, byte by byte: at the distance of each pair an input covers some of the output; inputs do
    /// not cover each other and none starts below the least distance.
    /// </summary>
    private static long SharedBytes(Graph graph, GraphOperator op, Func<int, bool> dies)
    {
        if (op.Shares.Count == 0)
            return 0;
        long total = 0;
        foreach (int output in op.Outputs)
        {
            long covered = 0, reachable = 0;
            GraphShare[] shares = op.Shares.Where(share => share.Output == output && dies(share.Input)).ToArray();
            for (long b = 0; b < graph.Tensors[output].Bytes; b++)
            {
                covered += shares.Count(share => b >= share.DistanceBytes && b < share.DistanceBytes + graph.Tensors[share.Input].Bytes);
                reachable += shares.Any(share => b >= share.DistanceBytes) ? 1 : 0;
            }
            total += Math.Min(covered, reachable);
        }
        return Math.Min(total, op.Shares.Select(share => share.Input).Distinct().Where(dies).Sum(t => graph.Tensors[t].Bytes));
    }

    private static uint Mask(IEnumerable<int> operators) => operators.Aggregate(0u, (mask, index) => mask | (1u << index));
}
