using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>Offsets that the file gives to tensors, past the planner on the device (metadata <c>OfflineMemoryAllocation</c>).</summary>
/// <param name="OffsetBytes">One offset for each tensor of all subgraphs, concatenated; <see cref="Online"/> leaves a tensor to the device.</param>
internal sealed record OfflinePlan(IReadOnlyList<long> OffsetBytes)
{
    /// <summary>The offset that leaves a tensor to the planner on the device.</summary>
    public const long Online = -1;

    private const int HeaderInts = 3;

    /// <summary>
    /// The plan that the model carries, or null when it carries none. The device believes the last entry of that name
    /// (micro/micro_allocation_info.cc, GetOfflinePlannedOffsets).
    /// </summary>
    /// <exception cref="Diagnostics.TinyReorderException">An entry is damaged or does not fit the model, so that no device runs it: TINY2011.</exception>
    public static OfflinePlan? Find(TfliteModel model)
    {
        long tensors = model.Subgraphs.Sum(subgraph => (long)subgraph.Tensors.Count);
        OfflinePlan? plan = null;
        // The device looks at each entry of that name: one with another count ends the allocation, even where a good one follows.
        foreach (TfliteMetadata entry in model.Metadata.Where(metadata => metadata.Name == TfliteMetadata.OfflinePlanName))
        {
            ArraySegment<byte> data = model.BufferBytes(entry.Buffer);
            long count = data.Count < 4 * HeaderInts ? -1 : Int32At(data, HeaderInts - 1);
            if (count != tensors || data.Count < 4 * (HeaderInts + count))
                throw TflmErrors.BadOfflinePlan(model, count, tensors);
            long[] offsets = new long[count];
            for (int i = 0; i < offsets.Length; i++)
                offsets[i] = Int32At(data, HeaderInts + i);
            plan = new OfflinePlan(offsets);
        }
        return plan;
    }

    /// <summary>A plan that leaves every tensor of <paramref name="model"/> to the device.</summary>
    public static OfflinePlan AllOnline(TfliteModel model) =>
        new(Enumerable.Repeat(Online, model.Subgraphs.Sum(subgraph => subgraph.Tensors.Count)).ToArray());

    /// <summary>The plan as the interpreter reads it: version, subgraph, count, offsets (micro/micro_allocation_info.cc).</summary>
    public byte[] ToMetadata()
    {
        var data = new List<byte>(4 * (HeaderInts + OffsetBytes.Count));
        foreach (long value in new long[] { 1, 0, OffsetBytes.Count }.Concat(OffsetBytes))
        {
            for (int shift = 0; shift < 32; shift += 8)
                data.Add((byte)(checked((int)value) >> shift));
        }
        return [.. data];
    }

    private static int Int32At(ArraySegment<byte> data, int index)
    {
        int at = data.Offset + (4 * index);
        byte[] bytes = data.Array!;
        return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    }
}
