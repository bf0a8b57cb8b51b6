using System.Buffers.Binary;

namespace TinyReorder.Tests.Shared;

/// <summary>Scalars and arrays as the little-endian bytes of a model file.</summary>
public static class ModelData
{
    public static byte[] Int32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Int64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Single(float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Int32s(params int[] values) => values.SelectMany(Int32).ToArray();
}
