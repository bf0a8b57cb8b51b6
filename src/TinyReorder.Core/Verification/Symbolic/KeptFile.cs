using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>Whether a rewritten file has the original at its end.</summary>
internal static class KeptFile
{
    /// <summary>
    /// Whether every byte is there; positions that count from the start of the file (data outside of the flatbuffer, an archive's) have moved with it.
    /// </summary>
    public static bool IsWhole(TfliteModel original, TfliteModel rewritten)
    {
        int added = rewritten.Bytes.Length - original.Bytes.Length;
        if (added < 0)
            return false;
        byte[] expected = (byte[])original.Bytes.Clone();
        IEnumerable<int> wide = original.Buffers.Where(buffer => buffer.IsOutside).Select(buffer => buffer.OffsetField).Concat(original.AbsoluteOffsetFields);
        foreach (int field in wide.Distinct())
            LittleEndian.WriteUInt64(expected, field, LittleEndian.ReadUInt64(original.Bytes, field) + (ulong)added);
        foreach (int field in ZipTrailer.PositionFields(original.Bytes))
            LittleEndian.WriteUInt32(expected, field, LittleEndian.ReadUInt32(original.Bytes, field) + (uint)added);
        return expected.AsSpan().SequenceEqual(rewritten.Bytes.AsSpan(added));
    }
}
