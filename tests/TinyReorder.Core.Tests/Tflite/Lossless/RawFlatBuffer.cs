using System.Buffers.Binary;

namespace TinyReorder.Tests.Tflite.Lossless;

/// <summary>Just enough of the flatbuffers format to find one's way in a valid file, apart from the library's reader.</summary>
internal sealed class RawFlatBuffer(byte[] bytes)
{
    public byte[] Bytes => bytes;

    /// <summary>The position of the root table.</summary>
    public int Root => (int)UInt32(0);

    public uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    public ulong UInt64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    /// <summary>Where the field of a slot stands; 0 when it is absent.</summary>
    public int Field(int table, int slot)
    {
        int vtable = table - (int)UInt32(table), at = 4 + (2 * slot);
        int offset = at + 2 <= UInt16(vtable) ? UInt16(vtable + at) : 0;
        return offset == 0 ? 0 : table + offset;
    }

    /// <summary>What an offset points to.</summary>
    public int Follow(int at) => at + (int)UInt32(at);

    /// <summary>
    /// The positions of the elements, four bytes each, of the vector that a field of <paramref name="table"/> points to; none when the field is absent.
    /// </summary>
    public int[] Elements(int table, int slot)
    {
        int field = Field(table, slot);
        if (field == 0)
            return [];
        int vector = Follow(field);
        return Enumerable.Range(0, (int)UInt32(vector)).Select(i => vector + 4 + (4 * i)).ToArray();
    }

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
