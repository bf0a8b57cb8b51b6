namespace TinyReorder;

/// <summary>What <see cref="Reorder.Plan"/> and <see cref="Reorder.Fit"/> shall do. Every option has a default that is safe for the device.</summary>
public sealed record ReorderOptions
{
    /// <summary>The name by which diagnostics and reports speak of the model, such as its path; generated files are named after it.</summary>
    public string ModelName { get; init; } = "model.tflite";

    /// <summary>The id or an alias of the board that must hold the result (<see cref="Reorder.Boards"/>); null checks no budget.</summary>
    public string? Board { get; init; }

    /// <summary>A board file of one's own (docs/boards.md), whose boards go before the built-in ones; null for none.</summary>
    public NamedFile? BoardFile { get; init; }

    /// <summary>
    /// Without a board: the bytes that a static array can take; from 1 to 2 to the power of 40. Null where <see cref="Board"/> says it, or nothing is
    /// checked. <see cref="FlashBytes"/> then has to be given too.
    /// </summary>
    public long? SramBytes { get; init; }

    /// <summary>Without a board: the bytes of flash that a program can take, in the same range.</summary>
    public long? FlashBytes { get; init; }

    /// <summary>
    /// Without a board: the processor core, such as <c>cortex-m4f</c> (docs/boards.md), which decides kernels and ABI as that of a board does; null leaves
    /// both open.
    /// </summary>
    public string? Core { get; init; }

    /// <summary>
    /// The library that runs the model, with or without a version (<see cref="Reorder.Runtimes"/>), such as <c>tflm</c> or <c>tflm@2023-12</c>; <c>none</c>
    /// for no interpreter: the arena is then the plan alone. Null for what the board's users install today, else <c>tflm</c>.
    /// </summary>
    public string? Runtime { get; init; }

    /// <summary>The kernels; null for the board's or the runtime's, else <see cref="KernelLibrary.Reference"/>.</summary>
    public KernelLibrary? Kernels { get; init; }

    /// <summary>A version that <see cref="Kernels"/> has of its own, such as <c>1.1.2</c> for ESP-NN; null for that of the runtime.</summary>
    public string? KernelVersion { get; init; }

    /// <summary>A runtime profile of one's own (docs/profiles.md) in place of the built-in ones; null for none.</summary>
    public NamedFile? ProfileFile { get; init; }

    /// <summary>The ABI; null for that of the runtime or the board. Where nothing settles it, the arena holds for both.</summary>
    public AbiKind? Abi { get; init; }

    /// <summary>The order of the operators.</summary>
    public OrderKind Order { get; init; }

    /// <summary>Who places the tensors.</summary>
    public PlanKind Plan { get; init; }

    /// <summary>How far tensors may share memory inside an operator; null for what is shown to be safe with the runtime.</summary>
    public OverlapKind? Overlap { get; init; }

    /// <summary>Whether the model may be rewritten, so that rows stream through the layers at the peak; with a plan of ours only.</summary>
    public RewriteKind Rewrite { get; init; }

    /// <summary>The predicted work that a rewritten model may take, in parts of the given one's; from 1 to 100.</summary>
    public double MaxWork { get; init; } = 1.1;

    /// <summary>How many bytes a rewritten file may grow; from 0 to 2,147,483,647.</summary>
    public long MaxFlashBytes { get; init; } = 8192;

    /// <summary>Whether the inputs of the model stay whole until its last operator has run.</summary>
    public bool KeepInputs { get; init; }

    /// <summary>Bytes of SRAM that the rest of the firmware takes; from 0 to 2,147,483,647.</summary>
    public long ReservedSramBytes { get; init; }

    /// <summary>Bytes of flash that the rest of the firmware takes; from 0 to 2,147,483,647.</summary>
    public long ReservedFlashBytes { get; init; }

    /// <summary>
    /// The memory of the board that the arena lies in and is checked against, such as <c>CCM</c> (<see cref="KnownBoard.Regions"/>); null for where variables
    /// lie.
    /// </summary>
    public string? ArenaRegion { get; init; }

    /// <summary>
    /// Where the program gives the interpreter two arenas, the memory of the second, which holds what is kept; tensors and scratch then lie in <see
    /// cref="ArenaRegion"/>, and each is checked by itself. Null for one arena.
    /// </summary>
    public string? PersistentRegion { get; init; }

    /// <summary>
    /// Bytes on top of the computed arena; null with <see cref="ArenaMarginPercent"/> null too for 0 where the arena is exact, and 5 % where it is an upper
    /// bound.
    /// </summary>
    public long? ArenaMarginBytes { get; init; }

    /// <summary>The same as a share of the computed arena, in percent from 0 to 1000; only one of both may be given.</summary>
    public decimal? ArenaMarginPercent { get; init; }

    /// <summary>Where the program keeps resource variables.</summary>
    public ResourceVariableKind ResourceVariables { get; init; }

    /// <summary>Whether what the interpreter will refuse (TINY3004) is an error, not a warning.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Whether the diagnostic of a board that is too small says which other settings would fit. They are planned for that, which takes several times as long.
    /// </summary>
    public bool Advice { get; init; } = true;

    /// <summary>
    /// The longest time to search for the order of each subgraph, four times as long for all together; from 0 to a day. Most take milliseconds.
    /// </summary>
    public TimeSpan SearchTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Is told about once a second how a long search goes, on the thread that plans; null for nobody.</summary>
    public IProgress<ReorderProgress>? Progress { get; init; }
}
