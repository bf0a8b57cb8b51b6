namespace TinyReorder.Boards;

/// <summary>A memory of a board that data can lie in, as the usual linker script has it. What is not said of it is not known.</summary>
internal sealed record MemoryRegion
{
    /// <summary>Code can run from it.</summary>
    public const string Executable = "executable";

    /// <summary>The controllers for direct memory access of the chip reach it.</summary>
    public const string Dma = "dma";

    /// <summary>It keeps its content while the chip sleeps deeply.</summary>
    public const string Retained = "retained";

    /// <summary>It is a chip of its own, and slower.</summary>
    public const string External = "external";

    /// <summary>The core reads and writes it through a cache, which matters to what else reaches it.</summary>
    public const string Cached = "cached";

    /// <summary>The words for <see cref="Attributes"/>.</summary>
    public static IReadOnlyList<string> AttributeWords { get; } = [Executable, Dma, Retained, External, Cached];

    /// <summary>The name by which a project refers to it, such as <c>CCM</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The address of its first byte; null when unknown.</summary>
    public long? BaseAddress { get; init; }

    /// <summary>The bytes that a static array can take of it.</summary>
    public required long Bytes { get; init; }

    /// <summary>What of <see cref="Bytes"/> the usual linker script keeps for stack and heap. It is told, and not taken off.</summary>
    public long KeptBytes { get; init; }

    /// <summary>What is known of it, in the words of <see cref="AttributeWords"/>.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The region that it is a part of; null where it is none of another's.</summary>
    public string? Within { get; init; }

    /// <summary>The section, or the macro of ESP-IDF, by which the usual linker script places a variable in it; null where there is none.</summary>
    public string? Section { get; init; }

    /// <summary>The macro or the memory region of the device tree by which Zephyr places a variable in it; null where there is none.</summary>
    public string? ZephyrSection { get; init; }

    /// <summary>The capability by which the heap of ESP-IDF hands out memory of it; null where there is none.</summary>
    public string? HeapCapability { get; init; }

    /// <summary>Where all this was read.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether <paramref name="attribute"/> is known of it.</summary>
    public bool Has(string attribute) => Attributes.Contains(attribute, StringComparer.Ordinal);

    /// <summary>Whether <paramref name="name"/> means it, whatever its case, and with the <c>RAM</c> that linker scripts add: <c>CCMRAM</c>.</summary>
    public bool IsNamed(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(name, Name + "RAM", StringComparison.OrdinalIgnoreCase);
}
