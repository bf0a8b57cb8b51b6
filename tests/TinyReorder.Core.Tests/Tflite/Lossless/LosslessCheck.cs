namespace TinyReorder.Tests.Tflite.Lossless;

/// <summary>
/// Holds a rewritten file against its original byte for byte. What was put in front aside, only these may differ: slots of operators, which must be those of
/// the order; positions that count from the file's start and must have grown by what was put in front; and the data of metadata entries that were asked to
/// change.
/// </summary>
internal static class LosslessCheck
{
    private const int HeaderBytes = 8, RootSlots = 10;
    private const int SubgraphsSlot = 2, BuffersSlot = 4, MetadataSlot = 6;
    private const uint CentralHeader = 0x02014b50, EndRecord = 0x06054b50;

    /// <param name="original">The original file.</param>
    /// <param name="rewritten">The file that was made of it.</param>
    /// <param name="orders">For each subgraph, the original's index of the operator that runs i-th.</param>
    /// <param name="changedMetadata">Names of metadata entries whose data may differ.</param>
    public static void Verify(byte[] original, byte[] rewritten, IReadOnlyList<IReadOnlyList<int>> orders, params string[] changedMetadata)
    {
        var before = new RawFlatBuffer(original);
        var after = new RawFlatBuffer(rewritten);
        int moved = rewritten.Length - original.Length;
        Assert.True(moved >= 0);
        byte[] expected = Reordered(before, orders);
        Assert.Equal(expected[4..HeaderBytes], rewritten[4..HeaderBytes]);
        if (moved == 0)
            Assert.Equal(expected[..4], rewritten[..4]);
        else
            SameRoot(before, after, moved);
        int[] absolute = Absolute(before);
        KeepsAlignment(before, absolute, moved);
        (int Start, int End)[] free = changedMetadata.SelectMany(name => DataOf(before, name)).ToArray();
        for (int at = HeaderBytes; at < expected.Length; at++)
        {
            if (expected[at] == rewritten[at + moved] || free.Any(range => at >= range.Start && at < range.End))
                continue;
            int field = Array.Find(absolute, field => field <= at && at < field + 8);
            if (field > 0)
                PointsToTheSame(before, after, field, moved);
            else
                IsArchivePosition(before, after, at, moved);
        }
    }

    private static byte[] Reordered(RawFlatBuffer before, IReadOnlyList<IReadOnlyList<int>> orders)
    {
        byte[] bytes = [.. before.Bytes];
        int[] subgraphs = before.Elements(before.Root, SubgraphsSlot);
        for (int s = 0; s < subgraphs.Length; s++)
        {
            int[] slots = before.Elements(before.Follow(subgraphs[s]), 3);
            Assert.Equal(slots.Length, orders[s].Count);
            for (int i = 0; i < slots.Length; i++)
                BitConverter.GetBytes((uint)(before.Follow(slots[orders[s][i]]) - slots[i])).CopyTo(bytes, slots[i]);
        }
        return bytes;
    }

    /// <summary>The new root table has the same fields; buffers and metadata begin with what was there.</summary>
    private static void SameRoot(RawFlatBuffer before, RawFlatBuffer after, int moved)
    {
        for (int slot = 0; slot < RootSlots; slot++)
        {
            int old = before.Field(before.Root, slot), now = after.Field(after.Root, slot);
            if (slot == 0)
                Assert.Equal(old == 0 ? 0 : before.UInt32(old), now == 0 ? 0 : after.UInt32(now));
            else if (slot is not (BuffersSlot or MetadataSlot))
                Assert.Equal(old == 0 ? 0 : before.Follow(old) + moved, now == 0 ? 0 : after.Follow(now));
        }
        SameElements(before, after, BuffersSlot, moved, mayBeReplaced: _ => false);
        SameElements(before, after, MetadataSlot, moved, mayBeReplaced: place => after.Follow(place) < moved + HeaderBytes);
    }

    private static void SameElements(RawFlatBuffer before, RawFlatBuffer after, int slot, int moved, Func<int, bool> mayBeReplaced)
    {
        int[] old = before.Elements(before.Root, slot), now = after.Elements(after.Root, slot);
        Assert.True(now.Length >= old.Length);
        for (int i = 0; i < old.Length; i++)
            Assert.True(after.Follow(now[i]) == before.Follow(old[i]) + moved || mayBeReplaced(now[i]), $"element {i} of slot {slot}");
    }

    /// <summary>Fields of 64 bits that count from the file's start: of buffers and of large custom options.</summary>
    private static int[] Absolute(RawFlatBuffer before)
    {
        IEnumerable<int> buffers = before.Elements(before.Root, BuffersSlot).Select(buffer => before.Field(before.Follow(buffer), 1));
        IEnumerable<int> options = before.Elements(before.Root, SubgraphsSlot)
            .SelectMany(subgraph => before.Elements(before.Follow(subgraph), 3))
            .Select(op => before.Field(before.Follow(op), 9));
        return buffers.Concat(options).Where(field => field > 0 && before.UInt64(field) > 1).Distinct().ToArray();
    }

    private static void PointsToTheSame(RawFlatBuffer before, RawFlatBuffer after, int field, int moved) =>
        Assert.Equal(before.UInt64(field) + (ulong)moved, after.UInt64(field + moved));

    /// <summary>Data lies as it did with respect to every power of two up to the page that it was aligned to.</summary>
    private static void KeepsAlignment(RawFlatBuffer before, int[] absolute, int moved)
    {
        Assert.Equal(0, moved % 16);
        foreach (ulong start in absolute.Select(before.UInt64))
        {
            for (ulong alignment = 16; alignment <= 4096 && start % alignment == 0; alignment *= 2)
                Assert.Equal(0UL, (start + (ulong)moved) % alignment);
        }
    }

    private static void IsArchivePosition(RawFlatBuffer before, RawFlatBuffer after, int at, int moved)
    {
        // The field begins up to three bytes before the first byte that differs.
        for (int field = at; field > at - 4; field--)
        {
            bool isPosition = before.UInt32(field - 42) == CentralHeader || before.UInt32(field - 16) == EndRecord;
            if (isPosition && field + 4 <= before.Bytes.Length && before.UInt32(field) + (uint)moved == after.UInt32(field + moved))
                return;
        }
        Assert.Fail($"byte {at} differs, {moved} bytes were put in front");
    }

    private static IEnumerable<(int Start, int End)> DataOf(RawFlatBuffer before, string name)
    {
        int[] buffers = before.Elements(before.Root, BuffersSlot);
        foreach (int entry in before.Elements(before.Root, MetadataSlot).Select(before.Follow))
        {
            int text = before.Follow(before.Field(entry, 0)), length = (int)before.UInt32(text);
            if (System.Text.Encoding.UTF8.GetString(before.Bytes, text + 4, length) != name)
                continue;
            int buffer = before.Follow(buffers[before.UInt32(before.Field(entry, 1))]);
            int data = before.Field(buffer, 0), outside = before.Field(buffer, 1);
            if (data > 0)
                yield return (before.Follow(data) + 4, before.Follow(data) + 4 + (int)before.UInt32(before.Follow(data)));
            else if (outside > 0)
                yield return ((int)before.UInt64(outside), (int)(before.UInt64(outside) + before.UInt64(before.Field(buffer, 2))));
        }
    }
}
