using System.Text;

namespace TinyReorder.Tflite;

/// <summary>
/// Bounds-checked little-endian access to the bytes of a FlatBuffer. Every read either lies inside the file or throws <see cref="FlatBufferException"/>.
/// </summary>
internal sealed class FlatBufferReader(byte[] bytes)
{
    // Vectors and strings may be shared, so a small file can name far more elements than it has bytes; real files stay far below this.
    private long remainingElements = (4L * bytes.Length) + 65536;

    public byte[] Bytes => bytes;

    /// <summary>Where the operators of the subgraphs are listed, ascending and disjoint; null where it does not matter who else reads there.</summary>
    public IReadOnlyList<(long Start, long End)>? OperatorLists { get; init; }

    /// <summary>Whether the lists are just read as what they are.</summary>
    public bool IsReadingOperatorLists { get; set; }

    /// <summary>Whether something else was read from the bytes of <see cref="OperatorLists"/>.</summary>
    public bool OperatorListsAreShared { get; private set; }

    public byte ReadByte(long position) => bytes[Check(position, 1)];

    public ushort ReadUInt16(long position)
    {
        int at = Check(position, 2);
        return (ushort)(bytes[at] | (bytes[at + 1] << 8));
    }

    public uint ReadUInt32(long position)
    {
        int at = Check(position, 4);
        return (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
    }

    public int ReadInt32(long position) => unchecked((int)ReadUInt32(position));

    public ulong ReadUInt64(long position) => ReadUInt32(position) | ((ulong)ReadUInt32(position + 4) << 32);

    /// <summary>The table that starts at <paramref name="position"/>, its vtable checked.</summary>
    public FlatTable Table(long position)
    {
        int at = Check(position, 4);
        long vtable = (long)at - ReadInt32(at);
        int vtableBytes = ReadUInt16(vtable);
        int tableBytes = ReadUInt16(vtable + 2);
        if (vtableBytes < 4 || vtableBytes % 2 != 0)
            throw new FlatBufferException($"the vtable at byte {vtable} says that it is {vtableBytes} bytes long");
        Check(vtable, vtableBytes);
        if (tableBytes < 4)
            throw new FlatBufferException($"the vtable at byte {vtable} says that its table is {tableBytes} bytes long");
        Check(at, tableBytes);
        return new FlatTable(this, at, (int)vtable, vtableBytes, tableBytes);
    }

    /// <summary>Follows the offset that stands at <paramref name="position"/>.</summary>
    public int Follow(long position) => Behind(position, ReadUInt32(position));

    /// <summary>The place that <paramref name="offset"/> at <paramref name="position"/> leads to.</summary>
    public int Behind(long position, uint offset)
    {
        if (offset == 0)
            throw new FlatBufferException($"the offset at byte {position} is zero");
        return Check(position + offset, 4);
    }

    /// <summary>Checks the vector at <paramref name="position"/> and counts its elements against what a file of this size may name.</summary>
    public FlatVector Vector(int position, int elementBytes)
    {
        uint length = ReadUInt32(position);
        if (position + 4L + ((long)length * elementBytes) > bytes.Length)
            throw new FlatBufferException($"the vector at byte {position} has {length} elements of {elementBytes} bytes, which reaches behind the end of "
                + "the file");
        Touch(position, 4 + (length * (long)elementBytes));
        return new FlatVector(this, position, (int)length, elementBytes);
    }

    public string Text(int position)
    {
        FlatVector text = Vector(position, 1);
        Charge(text.Length);
        return Encoding.UTF8.GetString(bytes, text.Start, text.Length);
    }

    /// <summary>Counts elements that are about to be copied out of the file.</summary>
    public void Charge(long elements)
    {
        remainingElements -= elements;
        if (remainingElements < 0)
            throw new FlatBufferException("the file names the same bytes over and over, far more often than a real model does");
    }

    private int Check(long position, int count)
    {
        if (position < 0 || position > bytes.Length - (long)count)
            throw new FlatBufferException($"byte {position} is outside of the file, which has {bytes.Length} bytes");
        Touch(position, count);
        return (int)position;
    }

    /// <summary>Notes that bytes are read, by whatever way.</summary>
    public void Touch(long start, long count)
    {
        if (OperatorLists is not { Count: > 0 } lists || IsReadingOperatorLists)
            return;
        // The first list that ends behind the start is the only one to look at: what begins later lies further behind.
        int low = 0, high = lists.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (lists[middle].End <= start)
                low = middle + 1;
            else
                high = middle;
        }
        OperatorListsAreShared |= low < lists.Count && lists[low].Start < start + count;
    }
}
