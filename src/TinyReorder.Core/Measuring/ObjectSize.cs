namespace TinyReorder.Measuring;

/// <summary>The size and the alignment of one of the interpreter's objects on the device, in bytes.</summary>
internal readonly record struct ObjectSize(long Bytes, int Alignment);
