using TinyReorder.Runtimes.Tflm;

namespace TinyReorder.Tests.Arenas;

/// <summary>
/// The same rules as <see cref="GreedyMemoryPlanner"/> told another way: exchange sort from the reversed order, and a linked list that is searched from its
/// head.
/// </summary>
internal static class LinkedPlanner
{
    public static long[] Place(IReadOnlyList<GreedyBuffer> buffers)
    {
        int[] online = Enumerable.Range(0, buffers.Count).Reverse().Where(i => buffers[i].OfflineOffset is null).ToArray();
        for (bool swapped = true; swapped;)
        {
            swapped = false;
            for (int i = 1; i < online.Length; i++)
            {
                if (buffers[online[i - 1]].Bytes >= buffers[online[i]].Bytes)
                    continue;
                (online[i - 1], online[i]) = (online[i], online[i - 1]);
                swapped = true;
            }
        }
        long[] offsets = new long[buffers.Count];
        var placed = new LinkedList<int>();
        foreach (int buffer in Enumerable.Range(0, buffers.Count).Where(i => buffers[i].OfflineOffset is not null).Concat(online))
        {
            offsets[buffer] = buffers[buffer].OfflineOffset ?? (placed.Count == 0 ? 0 : Gap(buffers, offsets, placed, buffer));
            LinkedListNode<int>? behind = placed.First;
            while (behind is not null && offsets[behind.Value] <= offsets[buffer])
                behind = behind.Next;
            if (behind is null)
                placed.AddLast(buffer);
            else
                placed.AddBefore(behind, buffer);
        }
        return offsets;
    }

    private static long Gap(IReadOnlyList<GreedyBuffer> buffers, long[] offsets, LinkedList<int> placed, int wanted)
    {
        long low = 0;
        int[] alive = placed.Where(i => buffers[i].First <= buffers[wanted].Last && buffers[wanted].First <= buffers[i].Last).ToArray();
        for (int i = 0; i < alive.Length && offsets[alive[i]] - low < buffers[wanted].Bytes; i++)
            low = Math.Max(low, offsets[alive[i]] + buffers[alive[i]].Bytes);
        return low;
    }
}
