using System.CommandLine;
using TinyReorder.Boards;
using TinyReorder.Cli.Files;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Output;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Cli.Commands;

/// <summary>What every command that optimizes a model is asked: the model and how to optimize it.</summary>
/// <param name="hasMarkdown">Whether the command writes Markdown too.</param>
internal sealed class OptimizationOptions(bool hasMarkdown = false)
{
    private readonly Option<string?> board = CommonOptions.Value(
        "--board", "BOARD", "The id or alias of the board that must hold the result; see 'tinyreorder boards'. Without one no budget is checked.");

    private readonly Option<string?> sram = CommonOptions.Value(
        "--sram", "BYTES", "In place of a board, the SRAM that a static array can take, such as 131072 or 128k; with --flash.");

    private readonly Option<string?> flash = CommonOptions.Value(
        "--flash", "BYTES", "In place of a board, the flash that a program can take, such as 512k or 1M; with --sram.");

    private readonly Option<string?> core = CommonOptions.Value(
        "--core", "CORE", "With --sram and --flash, the core, such as cortex-m4f, which says kernels and ABI.");

    private readonly Option<string?> arenaRegion = CommonOptions.Value(
        "--arena-region", "REGION", "The memory of the board that the arena lies in, such as CCM, DTCM or PSRAM; see 'tinyreorder boards'. "
            + "[default: where variables lie]");

    private readonly Option<string?> persistentRegion = CommonOptions.Value(
        "--persistent-region", "REGION", "Where the program gives two arenas, the memory of the second, which holds what is kept; tensors then lie in "
            + "--arena-region. [default: one arena]");

    private readonly Option<string?> boardFile = CommonOptions.BoardFile();

    private readonly Option<string?> kernels = CommonOptions.Value(
        "--kernels", "KERNELS", "The kernel library: reference, cmsis-nn, cmsis-nn-c, cmsis-nn-mve, esp-nn, esp-nn-s3 or esp-nn-p4. [default: the board's, "
            + "else reference]");

    private readonly Option<string?> profile = CommonOptions.Value(
        "--profile", "FILE|ID", "A JSON file with a runtime profile of your own, or the id of one that 'profile add' keeps, in place of a built-in one; "
            + "see docs/profiles.md.");

    private readonly Option<string?> runtime = CommonOptions.Value(
        "--runtime",
        "RUNTIME",
        "The library that runs the model, with or without a version: tflm, tflm@2023-12, esp-tflite-micro@1.4.0; or none: the arena is the plan alone. "
            + "[default: the board's, else tflm]");

    private readonly Option<string?> runtimePath = CommonOptions.Value(
        "--runtime-path", "DIR", "The folder that holds the library: its files tell the version.");

    private readonly Option<string?> abi = CommonOptions.Value(
        "--abi", "ABI", "short-enums or int-enums: how the compiler lays out enumerations. [default: the board's or the library's; else the constant holds "
            + "for both]");

    private readonly Option<string> order = CommonOptions.Choice(
        "--order", ChoiceWords.Orders.Words, "An order of minimal peak, or the file's own. [default: best]");

    private readonly Option<string> plan = CommonOptions.Choice(
        "--plan", ChoiceWords.Plans.Words,
            "Who places the tensors: we, with metadata in the model; the device's own planner; or whichever needs less. [default: auto]");

    private readonly Option<string> overlap = CommonOptions.Choice(
        "--overlap", ChoiceWords.Overlaps.Words,
            "Whether an output may lie on an input that dies in its operator: nowhere, on exactly its place, or sliding below it. [default: in-place where "
            + "the kernels are shown to allow it]");

    private readonly Option<string> rewrite = CommonOptions.Choice(
        "--rewrite", ChoiceWords.Rewrites.Words,
            "Whether the model may be rewritten, with the same answers: not at all, without what nobody needs, or also so that rows "
            + "stream through the layers at the peak. [default: off]");

    private readonly Option<string?> maxWork = CommonOptions.Value(
        "--max-work", "RATIO", "The predicted work that a rewritten model may take, in parts of the original's. [default: 1.1]");

    private readonly Option<string?> maxFlash = CommonOptions.Value(
        "--max-flash", "BYTES", "How many bytes a rewritten file may grow. [default: 8192]");

    private readonly Option<bool> keepInputs = new("--keep-inputs") { Description = "Keeps the model's inputs whole until its last operator has run." };

    private readonly Option<string?> reservedSram = CommonOptions.Value(
        "--reserved-sram", "BYTES", "SRAM that the rest of the firmware takes. [default: 0]");

    private readonly Option<string?> reservedFlash = CommonOptions.Value(
        "--reserved-flash", "BYTES", "Flash that the rest of the firmware takes. [default: 0]");

    private readonly Option<string?> arenaMargin = CommonOptions.Value(
        "--arena-margin", "BYTES|PERCENT%", "What the arena's constant has on top, such as 512 or 5%. [default: 0 where the arena is exact, else 5%]");

    private readonly Option<string> resourceVariables = CommonOptions.Choice(
        "--resource-variables", ChoiceWords.ResourceVariables.Words,
            "Where the program keeps resource variables: in an arena of their own, or in this one. [default: separate]");

    private readonly Option<bool> strict = new("--strict") { Description = "Makes what the interpreter will refuse (TINY3004) an error." };

    private readonly Option<string?> searchSeconds = CommonOptions.Value(
        "--search-seconds", "SECONDS", "The longest time to search for each subgraph's order. [default: 10]");

    /// <summary>The path of the model.</summary>
    public Argument<string> Model { get; } = CommonOptions.Model();

    /// <summary>Text or JSON, or Markdown where the command has it.</summary>
    public Option<string> Format { get; } = CommonOptions.Format(hasMarkdown);

    /// <summary>Adds all of them to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Model);
        board.CompletionSources.Add(_ => BoardCatalog.BuiltIn.Boards.Select(known => known.Id));
        core.CompletionSources.Add([.. CoreDefaults.Names]);
        foreach (Option option in new Option[] { board, sram, flash, core, arenaRegion, persistentRegion })
            command.Options.Add(option);
        AddWithoutBoardTo(command);
    }

    /// <summary>The same for a command that has its own way to name models and boards.</summary>
    public void AddWithoutBoardTo(Command command)
    {
        foreach (Option option in new Option[] { boardFile, kernels, profile, runtime, runtimePath, abi, order, plan, overlap, rewrite, maxWork, maxFlash,
            keepInputs, reservedSram,
            reservedFlash, arenaMargin, resourceVariables, strict, searchSeconds, Format, CommonOptions.Diagnostics(),
            CommonOptions.Annotations(), CommonOptions.Sarif() })
            command.Options.Add(option);
    }

    /// <summary>The runtime that <paramref name="line"/> names, or null.</summary>
    public string? Runtime(ParseResult line) => line.GetValue(runtime);

    /// <summary>The files that <paramref name="line"/> names for reading, as it names them.</summary>
    public IEnumerable<string> InputFiles(ParseResult line) =>
        new[] { line.GetRequiredValue(Model), line.GetValue(boardFile), ProfileFile.PathOf(line.GetValue(profile), line.GetValue(Model)) }.OfType<string>()
            .Where(path => path.Length > 0);

    /// <summary>The profile that <paramref name="line"/> names, or null.</summary>
    public RuntimeProfile? Profile(ParseResult line) => Profile(line, line.GetValue(Model));

    private RuntimeProfile? Profile(ParseResult line, string? model) => ProfileFile.Load(line.GetValue(profile), model);

    /// <summary>What the user asks for.</summary>
    public OptimizationRequest ToRequest(ParseResult line, CancellationToken cancellation) => ToRequest(line, line.GetValue(Model), cancellation);

    /// <summary>The same where the command has its own way to name models.</summary>
    public OptimizationRequest ToRequest(ParseResult line, string? model, CancellationToken cancellation) => new()
    {
        Style = OptionStyle.CommandLine,
        Board = line.GetValue(board),
        Sram = line.GetValue(sram),
        Flash = line.GetValue(flash),
        Core = line.GetValue(core),
        ArenaRegion = line.GetValue(arenaRegion),
        PersistentRegion = line.GetValue(persistentRegion),
        Boards = BoardFile.Load(line.GetValue(boardFile)),
        Kernels = line.GetValue(kernels),
        Profile = Profile(line, model),
        Runtime = line.GetValue(runtime),
        RuntimePath = line.GetValue(runtimePath),
        ReadRuntimeFile = file => InputFile.FindSource(Path.Combine(line.GetValue(runtimePath) ?? "", file)),
        Abi = line.GetValue(abi),
        Order = line.GetValue(order),
        Plan = line.GetValue(plan),
        Overlap = line.GetValue(overlap),
        Rewrite = line.GetValue(rewrite),
        MaxWork = line.GetValue(maxWork),
        MaxFlash = line.GetValue(maxFlash),
        KeepInputs = line.GetValue(keepInputs) ? "true" : "false",
        ReservedSram = line.GetValue(reservedSram),
        ReservedFlash = line.GetValue(reservedFlash),
        ArenaMargin = line.GetValue(arenaMargin),
        ResourceVariables = line.GetValue(resourceVariables),
        Strict = line.GetValue(strict) ? "true" : "false",
        SearchSeconds = line.GetValue(searchSeconds),
        Cancellation = cancellation,
    };
}
