using TinyReorder.Runtimes;

namespace TinyReorder.Boards;

/// <summary>A board or bare chip that a model shall run on, and what its usual core leaves for static data and programs.</summary>
internal sealed record Board
{
    /// <summary>The word for kernels where TensorFlow Lite Micro does not run.</summary>
    public const string NoKernels = "none";

    private readonly IReadOnlyList<MemoryRegion>? regions;

    /// <summary>The name that a project refers to it by: PlatformIO's, where PlatformIO has the board.</summary>
    public required string Id { get; init; }

    /// <summary>The name that people know it by.</summary>
    public required string Name { get; init; }

    /// <summary>The microcontroller, or empty when unknown.</summary>
    public string Mcu { get; init; } = "";

    /// <summary>The processor core, such as <c>cortex-m4f</c>, or empty when unknown.</summary>
    public string Core { get; init; } = "";

    /// <summary>The floating-point unit: <c>none</c>, <c>sp</c> (single precision) or <c>dp</c> (double precision).</summary>
    public string Fpu { get; init; } = "none";

    /// <summary>The extension for signal processing: <c>no</c>, <c>yes</c> (Arm) or the vendor's name of it.</summary>
    public string Dsp { get; init; } = "no";

    /// <summary>The vector unit: <c>none</c>, <c>dsp</c> or its name.</summary>
    public string Vector { get; init; } = "none";

    /// <summary>The chip's data SRAM in bytes, or null when unknown. Much of it may be out of reach of a static array.</summary>
    public long? SramTotalBytes { get; init; }

    /// <summary>
    /// The largest contiguous region, in bytes, in which the usual core's linker script places a static array: what an arena is checked against.
    /// </summary>
    public required long StaticRegionBytes { get; init; }

    /// <summary>
    /// The memories that data can lie in, the default one with <see cref="StaticRegionBytes"/> first; where no others are known, that one alone.
    /// </summary>
    public IReadOnlyList<MemoryRegion> Regions
    {
        get => regions ?? [new MemoryRegion { Name = "SRAM", Bytes = StaticRegionBytes, Source = Source }];
        init => regions = value;
    }

    /// <summary>The flash in bytes.</summary>
    public required long FlashBytes { get; init; }

    /// <summary>
    /// What the usual core lets a program take of the flash, in bytes (bootloader and radio stack taken off), or null when it sets no limit.
    /// </summary>
    public long? MaxFlashBytes { get; init; }

    /// <summary>The flash that a model is checked against: the smaller of <see cref="FlashBytes"/> and <see cref="MaxFlashBytes"/>.</summary>
    public long UsableFlashBytes => MaxFlashBytes is { } most && most < FlashBytes ? most : FlashBytes;

    /// <summary>
    /// The kernel library that an arena is computed for unless the user says otherwise: one of <see cref="BoardCatalog.KernelLibraries"/>;
    /// <c>none</c> where TensorFlow Lite Micro does not run.
    /// </summary>
    public string Kernels { get; init; } = "reference";

    /// <summary>
    /// The library that its ecosystem installs today, such as <c>esp-tflite-micro</c>, with or without a version; null for TensorFlow Lite Micro itself.
    /// </summary>
    public string? Library { get; init; }

    /// <summary>How its usual compiler lays out enumerations; null where the core does not tell.</summary>
    public TargetAbi? Abi { get; init; }

    /// <summary>Where <see cref="StaticRegionBytes"/> and the rest were read.</summary>
    public string Source { get; init; } = "";

    /// <summary>What else to know, such as regions that the static one leaves out.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Other names that find this board.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// Whether the rest of the firmware lies in <paramref name="region"/>: it does in the default region and in what is a part of that.
    /// </summary>
    public bool HoldsTheRest(MemoryRegion region) => region.Name == Regions[0].Name || region.Within == Regions[0].Name;

    /// <summary>The region of that name, whatever its case; null where there is none.</summary>
    public MemoryRegion? FindRegion(string name) => Regions.FirstOrDefault(region => region.IsNamed(name.Trim()));
}
