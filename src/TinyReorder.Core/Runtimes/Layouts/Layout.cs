namespace TinyReorder.Runtimes;

/// <summary>The place that an object takes.</summary>
/// <param name="Bytes">Its size, a multiple of the alignment.</param>
/// <param name="Alignment">Its natural alignment, a power of two.</param>
internal readonly record struct Layout(long Bytes, int Alignment);
