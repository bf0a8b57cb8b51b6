namespace TinyReorder.Tflite;

/// <summary>A vector that is known to lie inside the file.</summary>
internal readonly struct FlatVector(FlatBufferReader reader, int position, int length, int elementBytes)
{
    /// <summary>Where the length stands.</summary>
    public int Position => position;

    /// <summary>The number of elements.</summary>
    public int Length => length;

    /// <summary>Where the first element stands.</summary>
    public int Start => position + 4;

    /// <summary>Where the byte behind the last element stands.</summary>
    public int End => Start + (length * elementBytes);

    /// <summary>Where element <paramref name="index"/> stands.</summary>
    public int Slot(int index) => Start + (index * elementBytes);

    /// <summary>The table that element <paramref name="index"/> of a vector of offsets points to.</summary>
    public FlatTable TableAt(int index) => reader.Table(reader.Follow(Slot(index)));

    /// <summary>A copy of the elements of a vector of int32.</summary>
    public int[] ToInt32Array()
    {
        reader.Charge(length);
        int[] values = new int[length];
        for (int i = 0; i < length; i++)
            values[i] = reader.ReadInt32(Slot(i));
        return values;
    }

    /// <summary>The elements of a vector of float32 as bits.</summary>
    public float[] ToSingleArray()
    {
        reader.Charge(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = BitConverter.ToSingle(BitConverter.GetBytes(reader.ReadInt32(Slot(i))), 0);
        return values;
    }
}
