using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>What a user asks for, in the user's own words: null or empty stands for the default of each.</summary>
internal sealed record OptimizationRequest
{
    /// <summary>The id or an alias of a board; none checks no budget.</summary>
    public string? Board { get; init; }

    /// <summary>
    /// In place of a board, the bytes that a static array can take, such as <c>128k</c>; with <see cref="Flash"/>, and with <see cref="Core"/> where kernels
    /// and ABI are to be known.
    /// </summary>
    public string? Sram { get; init; }

    /// <summary>In place of a board, the bytes that a program can take of the flash, such as <c>512k</c>.</summary>
    public string? Flash { get; init; }

    /// <summary>In place of a board, the core, such as <c>cortex-m4f</c>.</summary>
    public string? Core { get; init; }

    /// <summary>The region of the board that the arena lies in, such as <c>CCM</c>; by default the one where variables lie.</summary>
    public string? ArenaRegion { get; init; }

    /// <summary>
    /// The region of the second arena, where the program gives the interpreter two: what is kept lies there, and tensors and scratch in <see
    /// cref="ArenaRegion"/>. None for one arena.
    /// </summary>
    public string? PersistentRegion { get; init; }

    /// <summary>The boards to choose from; by default the built-in ones.</summary>
    public BoardCatalog? Boards { get; init; }

    /// <summary>
    /// The runtime: a library with or without a version, such as <c>tflm</c>, <c>tflm@2023-12</c> or <c>esp-tflite-micro@1.4.0</c>, or <c>none</c>, whose
    /// arena is the plan alone; by default what the board's ecosystem installs today, else <c>tflm</c>.
    /// </summary>
    public string? Runtime { get; init; }

    /// <summary>
    /// The folder that holds the library, whose version is told by its files; it goes before <see cref="Runtime"/>. <see cref="ReadRuntimeFile"/> reads it.
    /// </summary>
    public string? RuntimePath { get; init; }

    /// <summary>The content of a file in <see cref="RuntimePath"/>, by its path with slashes; null where it is not there.</summary>
    public Func<string, byte[]?>? ReadRuntimeFile { get; init; }

    /// <summary>The kernel library, such as <c>cmsis-nn</c>; by default the board's or the runtime's, else <c>reference</c>.</summary>
    public string? Kernels { get; init; }

    /// <summary>
    /// The ABI: <c>short-enums</c> or <c>int-enums</c>; by default that of the runtime or the board. Where nothing settles it, the constant holds for both.
    /// </summary>
    public string? Abi { get; init; }

    /// <summary>A runtime profile of the user's own, in place of the built-in ones (<see cref="RuntimeProfile.Load"/>).</summary>
    public RuntimeProfile? Profile { get; init; }

    /// <summary>The order: <c>best</c> (default) or <c>file</c>.</summary>
    public string? Order { get; init; }

    /// <summary>The plan: <c>auto</c> (default), <c>offline</c> or <c>device</c>.</summary>
    public string? Plan { get; init; }

    /// <summary>
    /// How far tensors may share memory inside an operator: <c>none</c>, <c>in-place</c> or <c>diagonal</c>; by default what the runtime's profile says,
    /// further where the version is known, and none without a runtime.
    /// </summary>
    public string? Overlap { get; init; }

    /// <summary>
    /// What of the model may be rewritten: <c>off</c> or <c>stream</c>; null or empty for <c>off</c>. With <c>stream</c> regions become loops over rows
    /// (docs/streaming.md).
    /// </summary>
    public string? Rewrite { get; init; }

    /// <summary>The work that a rewritten model may take, in parts of the original's, such as <c>1.1</c>; null or empty for that.</summary>
    public string? MaxWork { get; init; }

    /// <summary>How many bytes a rewritten file may grow; null or empty for 8,192.</summary>
    public string? MaxFlash { get; init; }

    /// <summary><c>true</c> keeps the inputs of the model whole until its last operator has run; default <c>false</c>.</summary>
    public string? KeepInputs { get; init; }

    /// <summary>
    /// Whether only the file as it is counts, for comparisons: its own order with its own plan, or the device's where it carries none. Nothing else is tried,
    /// and <see cref="OptimizationResult.OptimizedModel"/> is the file. Order, plan and overlap are not looked at.
    /// </summary>
    public bool AsItIs { get; init; }

    /// <summary>Bytes of SRAM that the rest of the firmware takes, a whole number; default 0.</summary>
    public string? ReservedSram { get; init; }

    /// <summary>Bytes of flash that the rest of the firmware takes, a whole number; default 0.</summary>
    public string? ReservedFlash { get; init; }

    /// <summary>
    /// What the arena's constant has on top of the computed arena: bytes such as <c>512</c>, or a share such as <c>5%</c>; default 0 where the arena is exact,
    /// and 5 % where it is an upper bound with allowances.
    /// </summary>
    public string? ArenaMargin { get; init; }

    /// <summary>
    /// Where the program keeps resource variables: <c>separate</c> (default), an arena of their own, or <c>shared</c>, which adds them to the constant.
    /// </summary>
    public string? ResourceVariables { get; init; }

    /// <summary><c>true</c> makes what the interpreter will refuse an error; default <c>false</c>.</summary>
    public string? Strict { get; init; }

    /// <summary>Whether the settings are looked for that would make a model fit a board that is too small.</summary>
    public bool GivesAdvice { get; init; } = true;

    /// <summary>Seconds that the search for the order may take for each subgraph, four times as many for all of them, a decimal number; default 10.</summary>
    public string? SearchSeconds { get; init; }

    /// <summary>How options are called in diagnostics: as metadata of an item, or as options of the command line.</summary>
    public OptionStyle Style { get; init; } = OptionStyle.Metadata;

    /// <summary>Is told about once a second how a long search goes.</summary>
    public Action<OptimizationProgress>? Progress { get; init; }

    /// <summary>Ends the work early with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
