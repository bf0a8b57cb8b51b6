using TinyReorder.Diagnostics;

namespace TinyReorder.Arenas;

/// <summary>
/// The placement that TensorFlow Lite Micro computes on the device (micro/memory_planner/greedy_memory_planner.cc), to the byte: buffers with an
/// offline offset first, then the others by size, largest first, among equals the later one first, each into the lowest gap that is large enough
/// between the buffers that are in use at the same time.
/// </summary>
public static class GreedyMemoryPlanner
{
    /// <summary>The most buffers that are placed: the work grows with the square of their number, and a device would need 300 kB for its notes on them.</summary>
    public const int MaxBuffers = 8_192;

    /// <summary>The offset of each buffer, in the order of <paramref name="buffers"/>.</summary>
    /// <exception cref="TinyReorderException">More buffers than <see cref="MaxBuffers"/>: TINY2009.</exception>
    public static long[] Place(IReadOnlyList<GreedyBuffer> buffers)
    {
        if (buffers.Count > MaxBuffers)
        {
            throw new TinyReorderException(Diagnostic.Error(
                DiagnosticCodes.SizeOverflow,
                $"the model needs {Quantity.Count(buffers.Count)} buffers in the arena; at most {Quantity.Count(MaxBuffers)} are placed"));
        }
        long[] offsets = new long[buffers.Count];
        var placed = new List<(long Offset, GreedyBuffer Buffer)>(buffers.Count);
        foreach (int index in PlacingOrder(buffers))
        {
            GreedyBuffer buffer = buffers[index];
            long offset = buffer.OfflineOffset ?? (placed.Count == 0 ? 0 : LowestGap(placed, buffer));
            offsets[index] = offset;
            placed.Insert(BehindEqualOffsets(placed, offset), (offset, buffer));
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

    private static long LowestGap(List<(long Offset, GreedyBuffer Buffer)> placed, GreedyBuffer wanted)
    {
        long candidate = 0;
        foreach ((long offset, GreedyBuffer other) in placed)
        {
            if (other.First > wanted.Last || wanted.First > other.Last)
                continue;
            if (offset - candidate >= wanted.Bytes)
                break;
            candidate = Math.Max(candidate, offset + other.Bytes);
        }
        return candidate;
    }

    private static int BehindEqualOffsets(List<(long Offset, GreedyBuffer Buffer)> placed, long offset)
    {
        int low = 0, high = placed.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (placed[middle].Offset <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
