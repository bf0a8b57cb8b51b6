namespace TinyReorder.Tflite;

/// <summary>A table whose extent and vtable are known to lie inside the file.</summary>
internal readonly struct FlatTable(FlatBufferReader reader, int position, int vtable, int vtableBytes, int tableBytes)
{
    /// <summary>Where the table starts.</summary>
    public int Position => position;

    /// <summary>The number of slots that the vtable has.</summary>
    public int SlotCount => (vtableBytes - 4) / 2;

    /// <summary>Where the field in <paramref name="slot"/> stands, or 0 when it is absent.</summary>
    public int Field(int slot)
    {
        int entry = 4 + (2 * slot);
        if (entry + 2 > vtableBytes)
            return 0;
        int offset = reader.ReadUInt16(vtable + entry);
        if (offset == 0)
            return 0;
        if (offset < 4 || offset >= tableBytes)
            throw new FlatBufferException($"slot {slot} of the table at byte {position} points outside of it");
        return position + offset;
    }

    public byte Byte(int slot, byte absent = 0) => Field(slot) is var field and not 0 ? reader.ReadByte(field) : absent;

    public int Int32(int slot, int absent = 0) => Field(slot) is var field and not 0 ? reader.ReadInt32(field) : absent;

    public uint UInt32(int slot, uint absent = 0) => Field(slot) is var field and not 0 ? reader.ReadUInt32(field) : absent;

    public ulong UInt64(int slot, ulong absent = 0) => Field(slot) is var field and not 0 ? reader.ReadUInt64(field) : absent;

    /// <summary>The table in <paramref name="slot"/>, or null when it is absent.</summary>
    public FlatTable? Table(int slot) => Field(slot) is var field and not 0 ? reader.Table(reader.Follow(field)) : null;

    /// <summary>The vector in <paramref name="slot"/>, or null when it is absent.</summary>
    public FlatVector? Vector(int slot, int elementBytes) => Field(slot) is var field and not 0 ? reader.Vector(reader.Follow(field), elementBytes) : null;

    /// <summary>The vector of int32 in <paramref name="slot"/>, empty when it is absent.</summary>
    public int[] Int32Array(int slot) => Vector(slot, 4)?.ToInt32Array() ?? [];

    /// <summary>The string in <paramref name="slot"/>, empty when it is absent.</summary>
    public string Text(int slot) => Field(slot) is var field and not 0 ? reader.Text(reader.Follow(field)) : "";
}
