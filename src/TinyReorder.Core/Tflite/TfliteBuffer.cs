namespace TinyReorder.Tflite;

/// <summary>Where a buffer's bytes stand in the file.</summary>
/// <param name="Start">The position of the first byte; 0 when the buffer is empty.</param>
/// <param name="Length">The number of bytes inside the file; 0 when the buffer is empty.</param>
/// <param name="OffsetField">Where the absolute offset of data behind the flatbuffer stands; 0 when there is none.</param>
internal readonly record struct TfliteBuffer(int Start, int Length, int OffsetField)
{
    /// <summary>Whether the bytes lie behind the flatbuffer, named by an absolute offset.</summary>
    public bool IsOutside => OffsetField != 0;
}
