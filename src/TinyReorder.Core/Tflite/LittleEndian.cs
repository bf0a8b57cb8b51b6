namespace TinyReorder.Tflite;

/// <summary>Whole numbers in a file, the lowest byte first.</summary>
internal static class LittleEndian
{
    public static uint ReadUInt32(byte[] bytes, int at) => (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));

    public static ulong ReadUInt64(byte[] bytes, int at) => ReadUInt32(bytes, at) | ((ulong)ReadUInt32(bytes, at + 4) << 32);

    public static void WriteUInt32(byte[] bytes, int at, uint value)
    {
        for (int i = 0; i < 4; i++)
            bytes[at + i] = (byte)(value >> (8 * i));
    }

    public static void WriteUInt64(byte[] bytes, int at, ulong value)
    {
        WriteUInt32(bytes, at, (uint)value);
        WriteUInt32(bytes, at + 4, (uint)(value >> 32));
    }
}
