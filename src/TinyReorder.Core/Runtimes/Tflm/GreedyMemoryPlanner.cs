using TinyReorder.Arenas;
using TinyReorder.Diagnostics;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>
/// The placement that TensorFlow Lite Micro computes on the device (micro/memory_planner/greedy_memory_planner.cc), to the byte: buffers with an
/// offline offset first, then the others by size, largest first, among equals the later one first, each into the lowest gap that is large enough
/// between the buffers that are in use at the same time.
/// </summary>
internal static class GreedyMemoryPlanner
{
    /// <summary>The most buffers that are placed; a device would need 600 kB for its notes on them.</summary>
    public const int MaxBuffers = 16_384;

    // Networks need a few million; where very many short lives lie at offsets without any order, the work grows with the square of their number.
    private const long MostLooks = 50_000_000;

    /// <summary>The offset of each buffer, in the order of <paramref name="buffers"/>.</summary>
    /// <exception cref="TinyReorderException">More buffers than <see cref="MaxBuffers"/>, or more work with them than any network is: TINY2009.</exception>
    public static long[] Place(IReadOnlyList<GreedyBuffer> buffers)
    {
        if (buffers.Count > MaxBuffers)
        {
            throw new TinyReorderException(Diagnostic.Error(
                DiagnosticCodes.SizeOverflow,
                $"the model needs {Quantity.Count(buffers.Count)} buffers in the arena; at most {Quantity.Count(MaxBuffers)} are placed"));
        }
        long[] offsets = new long[buffers.Count];
        var placed = new GapFinder();
        foreach (int index in PlacingOrder(buffers))
        {
            GreedyBuffer buffer = buffers[index];
            offsets[index] = buffer.OfflineOffset ?? placed.LowestGap(buffer.Bytes, buffer.First, buffer.Last);
            placed.Add(offsets[index], offsets[index] + buffer.Bytes, buffer.First, buffer.Last);
            if (placed.Looks > MostLooks)
            {
                throw new TinyReorderException(Diagnostic.Error(
                    DiagnosticCodes.SizeOverflow,
                    $"the model's {Quantity.Count(buffers.Count)} buffers live in such disorder that the interpreter's planner would take more than "
                        + $"{Quantity.Count(MostLooks)} steps to place them"));
            }
        }
        return offsets;
    }

    /// <summary>The end of the highest buffer; 0 without buffers.</summary>
    public static long Height(IReadOnlyList<GreedyBuffer> buffers, IReadOnlyList<long> offsets)
    {
        long height = 0;
        for (int i = 0; i < buffers.Count; i++)
            height = Math.Max(height, offsets[i] + buffers[i].Bytes);
        return height;
    }

    private static IEnumerable<int> PlacingOrder(IReadOnlyList<GreedyBuffer> buffers)
    {
        IEnumerable<int> offline = Enumerable.Range(0, buffers.Count).Where(i => buffers[i].OfflineOffset is not null);
        IEnumerable<int> online = Enumerable.Range(0, buffers.Count).Where(i => buffers[i].OfflineOffset is null)
            .OrderByDescending(i => buffers[i].Bytes)
            .ThenByDescending(i => i);
        return offline.Concat(online);
    }
}
