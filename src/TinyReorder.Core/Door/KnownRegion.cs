using TinyReorder.Boards;

namespace TinyReorder;

/// <summary>A memory of a board that data can lie in.</summary>
public sealed class KnownRegion
{
    internal KnownRegion(MemoryRegion region)
    {
        Name = region.Name;
        BaseAddress = region.BaseAddress;
        Bytes = region.Bytes;
        KeptBytes = region.KeptBytes;
        Attributes = region.Attributes;
        Source = region.Source;
    }

    /// <summary>The name, such as <c>CCM</c>.</summary>
    public string Name { get; }

    /// <summary>The address of its first byte; null when unknown.</summary>
    public long? BaseAddress { get; }

    /// <summary>The bytes that a static array can take of it.</summary>
    public long Bytes { get; }

    /// <summary>What of <see cref="Bytes"/> the usual linker script keeps for stack and heap; not taken off.</summary>
    public long KeptBytes { get; }

    /// <summary>What is known of it: <c>executable</c>, <c>dma</c>, <c>retained</c>, <c>external</c>, <c>cached</c>.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Where all this was read; empty when unknown.</summary>
    public string Source { get; }
}
