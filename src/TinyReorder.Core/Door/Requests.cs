using System.Globalization;
using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder;

/// <summary>From the door's options to what the rooms behind it are asked.</summary>
internal static class Requests
{
    public static BoardCatalog BoardsOf(ReorderOptions options) => options.BoardFile is { } file
        ? BoardCatalog.BuiltIn.With(BoardCatalog.Load(file.Content.ToArray(), file.Name))
        : BoardCatalog.BuiltIn;

    public static OptimizationRequest Of(ReorderOptions options, BoardCatalog boards, CancellationToken cancellation) => new()
    {
        Style = OptionStyle.Library,
        Board = options.Board,
        Sram = Given(options.SramBytes),
        Flash = Given(options.FlashBytes),
        Core = options.Core,
        Boards = boards,
        ArenaRegion = options.ArenaRegion,
        PersistentRegion = options.PersistentRegion,
        Runtime = options.Runtime,
        Kernels = KernelsOf(options),
        Profile = options.ProfileFile is { } file ? RuntimeProfile.Load(file.Content.ToArray(), file.Name) : null,
        Abi = options.Abi is { } abi ? Kinds.WordOf(abi) : null,
        Order = Kinds.WordOf(options.Order),
        Plan = Kinds.WordOf(options.Plan),
        Overlap = options.Overlap is { } overlap ? Kinds.WordOf(overlap) : null,
        Rewrite = Kinds.WordOf(options.Rewrite),
        MaxWork = options.MaxWork.ToString("R", CultureInfo.InvariantCulture),
        MaxFlash = Word(options.MaxFlashBytes),
        KeepInputs = Word(options.KeepInputs),
        ReservedSram = Word(options.ReservedSramBytes),
        ReservedFlash = Word(options.ReservedFlashBytes),
        ArenaMargin = MarginOf(options),
        ResourceVariables = Kinds.WordOf(options.ResourceVariables),
        Strict = Word(options.Strict),
        GivesAdvice = options.Advice,
        SearchSeconds = Word((decimal)options.SearchTime.Ticks / TimeSpan.TicksPerSecond),
        Progress = options.Progress is { } told ? progress => told.Report(new ReorderProgress(progress)) : null,
        Cancellation = cancellation,
    };

    /// <summary>The boards that are asked whether they hold some models: those of these names, or all.</summary>
    public static IReadOnlyList<Board> BoardsToAsk(ReorderOptions options, IReadOnlyList<string>? names, BoardCatalog boards)
    {
        if (options.Board is not null || options.SramBytes is not null || options.FlashBytes is not null || options.Core is not null)
            throw Bad("Board, SramBytes, FlashBytes or Core is given, but which boards are asked is said beside the options; leave it out");
        return names is null ? boards.Boards : [.. names.Select(boards.Find)];
    }

    public static CodeOptions Of(GeneratedCodeOptions options, bool hasRuntime) => CodeOptions.Resolve(new CodeRequest
    {
        Style = OptionStyle.Library,
        Format = Kinds.WordOf(options.Source),
        OpResolver = Word(options.OpResolver),
        EmitArena = Word(options.DefinesArena),
        ModelSection = options.ModelSection,
        ArenaSection = options.ArenaSection,
        Runtime = hasRuntime ? null : ArenaResult.NoRuntime,
    });

    private static string? KernelsOf(ReorderOptions options)
    {
        if (options.Kernels is { } kernels)
            return options.KernelVersion is { } version ? $"{KernelWords.Of(kernels)}@{version}" : KernelWords.Of(kernels);
        return options.KernelVersion is null ? null : throw Bad("KernelVersion is a version of Kernels; name those too");
    }

    private static string? MarginOf(ReorderOptions options)
    {
        if (options is { ArenaMarginBytes: not null, ArenaMarginPercent: not null })
            throw Bad("ArenaMarginBytes and ArenaMarginPercent are both given; leave one out");
        return options.ArenaMarginBytes is { } bytes ? Word(bytes) : options.ArenaMarginPercent is { } percent ? Word(percent) + "%" : null;
    }

    private static string Word(bool value) => ChoiceWords.Truths.Of(value);

    private static string? Given(long? value) => value is { } number ? Word(number) : null;

    private static string Word(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
