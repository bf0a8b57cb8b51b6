using TinyReorder.Boards;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.CodeGeneration;

/// <summary>What is known of a model when its code is generated. Sizes are bytes and never negative.</summary>
internal sealed record GeneratedModel
{
    /// <summary>The model's name in the code (<see cref="SymbolName"/>), such as <c>kws</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>The bytes of the reordered model; at least one.</summary>
    public required byte[] Model { get; init; }

    /// <summary>The runtime that the arena was computed for: <c>tflm</c>, or <c>none</c> where the arena is the plan alone.</summary>
    public required string Runtime { get; init; }

    /// <summary>The library with its version, such as <c>tflm@2026-08</c>; null where that is not said.</summary>
    public string? Library { get; init; }

    /// <summary>The ABI that the arena was computed for, such as <c>short-enums</c>; null where that is not said.</summary>
    public string? Abi { get; init; }

    /// <summary>Whether an arena that is too small makes the program crash with this version, where others only fail.</summary>
    public bool CrashesOnShortArena { get; init; }

    /// <summary>The kernel library that the arena was computed for, such as <c>reference</c>.</summary>
    public required string KernelLibrary { get; init; }

    /// <summary>
    /// The runtime profile that the arena was computed with and the versions that it is of, such as <c>tflm-reference-90b983c: tflite-micro 90b983c
    /// (2026-08-20)</c>; null for none.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>The peak of live tensors in the file's order.</summary>
    public required long PeakBeforeBytes { get; init; }

    /// <summary>The peak of live tensors in the chosen order.</summary>
    public required long PeakAfterBytes { get; init; }

    /// <summary>The height of the planned tensors.</summary>
    public required long PlannedBytes { get; init; }

    /// <summary>The scratch buffers of the kernels.</summary>
    public long ScratchBytes { get; init; }

    /// <summary>What the interpreter keeps for as long as it lives.</summary>
    public long PersistentBytes { get; init; }

    /// <summary>How many bytes from the arena's start are free between two inferences, once the outputs are read; null where that is not known.</summary>
    public long? LendableBytes { get; init; }

    /// <summary>The arena that the interpreter has to be handed, margin and shared resource variables included.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>What of <see cref="ArenaBytes"/> is margin.</summary>
    public long MarginBytes { get; init; }

    /// <summary>What of <see cref="ArenaBytes"/> is for another ABI or version that the device may have.</summary>
    public long OtherTargetBytes { get; init; }

    /// <summary>What the model's resource variables take; 0 where it has none.</summary>
    public long ResourceVariableBytes { get; init; }

    /// <summary>How many resource variables the model has.</summary>
    public int ResourceVariableCount { get; init; }

    /// <summary>The smallest arena that holds them alone; 0 where the model has none.</summary>
    public long ResourceVariableArenaBytes { get; init; }

    /// <summary>What <c>arena_used_bytes()</c> answers with the profile's interpreter; null where no runtime was counted.</summary>
    public long? ArenaUsedBytes { get; init; }

    /// <summary>Whether inputs stay whole until the last operator has run.</summary>
    public bool KeepsInputs { get; init; }

    /// <summary>Whether <see cref="ArenaBytes"/> holds them.</summary>
    public bool ResourceVariablesAreShared { get; init; }

    /// <summary>True when <see cref="ArenaBytes"/> without margin is the smallest arena that works, false when it is an upper bound.</summary>
    public bool ArenaIsExact { get; init; }

    /// <summary>True when the arena was measured on a device, with just these bytes of the model.</summary>
    public bool ArenaIsMeasured { get; init; }

    /// <summary>True when no order has a lower peak.</summary>
    public bool OrderIsProven { get; init; }

    /// <summary>
    /// Who places the tensors: by our plan, by the one that the model came with, or the device.
    /// </summary>
    public PlanChoice Plan { get; init; } = PlanChoice.Device;

    /// <summary>How outputs lie on inputs that die in their operator.</summary>
    public OverlapChoice Overlap { get; init; } = OverlapChoice.None;

    /// <summary>The board that the model was checked against, or null.</summary>
    public string? Board { get; init; }

    /// <summary>The memory of the board that the arena has to lie in; null for where variables lie.</summary>
    public MemoryRegion? ArenaRegion { get; init; }

    /// <summary>Where the program gives two arenas, the memory of the second, which holds what is kept; null where it gives one.</summary>
    public MemoryRegion? PersistentRegion { get; init; }

    /// <summary>What the rest of the firmware keeps of the board's SRAM.</summary>
    public long ReservedSramBytes { get; init; }

    /// <summary>The arena for the planned tensors where an application splits it in two, or null.</summary>
    public long? NonPersistentArenaBytes { get; init; }

    /// <summary>The arena for persistent data where an application splits it in two, or null.</summary>
    public long? PersistentArenaBytes { get; init; }

    /// <summary>What is generated, and where it lies.</summary>
    public CodeOptions Code { get; init; } = CodeOptions.Default;

    /// <summary>The operators that the interpreter has to know; null where no header registers them.</summary>
    public OpResolver? OpResolver { get; init; }

    /// <summary>Further lines for the header's comment.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
