using TinyReorder.Graphs;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>
/// Counts the operators that do not have the same place in every valid order: those that some other operator need neither precede nor follow.
/// </summary>
internal static class MovableOperators
{
    public static int Count(Graph graph)
    {
        int count = graph.Operators.Count;
        int[] comparable = new int[count];
        ulong[][] before = new ulong[count][];
        for (int o = 0; o < count; o++)
        {
            // Only the part up to the operator can have members, which halves the memory.
            before[o] = new ulong[(o / 64) + 1];
            foreach (int p in graph.Operators[o].Predecessors)
            {
                for (int w = 0; w < before[p].Length; w++)
                    before[o][w] |= before[p][w];
                before[o][p / 64] |= 1ul << (p % 64);
            }
            for (int w = 0; w < before[o].Length; w++)
            {
                for (ulong rest = before[o][w]; rest != 0; rest &= rest - 1)
                {
                    comparable[o]++;
                    comparable[(w * 64) + System.Numerics.BitOperations.TrailingZeroCount(rest)]++;
                }
            }
        }
        return comparable.Count(others => others < count - 1);
    }
}
