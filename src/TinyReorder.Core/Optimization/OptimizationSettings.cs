using System.Globalization;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>An <see cref="OptimizationRequest"/> with every word understood.</summary>
internal sealed record OptimizationSettings
{
    private const double DefaultSearchSeconds = 10;
    private const double MostWork = 100;
    private const double MostSearchSeconds = 86_400;

    public required BoardCatalog Boards { get; init; }

    public required Board? Board { get; init; }

    public required string? BoardName { get; init; }

    /// <summary>The memory of the board that the arena lies in; null without a board.</summary>
    public required MemoryRegion? Region { get; init; }

    /// <summary>The memory of the second arena, where the program gives two; null where it gives one.</summary>
    public required MemoryRegion? PersistentRegion { get; init; }

    /// <summary>What the arena may take of <paramref name="board"/>; negative where more is reserved than there is.</summary>
    public long RoomBytes(Board board)
    {
        MemoryRegion region = Region ?? board.Regions[0];
        return region.Bytes - (board.HoldsTheRest(region) ? ReservedSramBytes : 0);
    }

    /// <summary>How options are called where the user writes them.</summary>
    public required OptionStyle Style { get; init; }

    /// <summary>What the plan depends on.</summary>
    public required PlanningSettings Planning { get; init; }

    /// <summary>How far the model may be rewritten.</summary>
    public required RewriteSettings Rewrite { get; init; }

    public required long ReservedSramBytes { get; init; }

    public required long ReservedFlashBytes { get; init; }

    /// <summary>The margin that the user asks for; null where he says nothing.</summary>
    public required ArenaMargin? Margin { get; init; }

    public required ResourceVariableChoice ResourceVariables { get; init; }

    /// <summary>Whether what the interpreter will refuse is an error.</summary>
    public required bool IsStrict { get; init; }

    /// <summary>Whether the settings are looked for that would make a model fit a board that is too small.</summary>
    public required bool GivesAdvice { get; init; }

    /// <summary>What to tell about choices that the user did not make.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <exception cref="TinyReorderException">A word is not one of those allowed: TINY1003, TINY5001, TINY5002 or TINY5003.</exception>
    public static OptimizationSettings Resolve(OptimizationRequest request)
    {
        BoardCatalog boards = request.Boards ?? BoardCatalog.BuiltIn;
        string? spec = BoardSpec.Of(request.Sram, request.Flash, request.Core, request.Board, request.Style);
        Board? board = (spec ?? Word.Given(request.Board)) is { } name ? boards.Find(name) : null;
        var diagnostics = new List<Diagnostic>();
        RuntimeChoice runtime = ResolveRuntime(request, board, diagnostics, out bool runs);
        PlanChoice plan = ChoiceWords.Plans.Parse(request.Plan, request.Style.Name("Plan"));
        OverlapChoice overlap = ResolveOverlap(request, plan, runtime, runs, diagnostics);
        var planning = new PlanningSettings
        {
            Runtime = runs ? runtime : null,
            Rules = runtime.Profile,
            Style = request.Style,
            Order = ChoiceWords.Orders.Parse(request.Order, request.Style.Name("Order")),
            Plan = plan,
            Overlap = overlap,
            OverlapIfKnown = runs && plan != PlanChoice.Device && Word.Given(request.Overlap) is null ? runtime.KnownOverlap : OverlapChoice.None,
            MostOwnOverlap = Word.Given(request.Overlap) is null ? runtime.Profile.MostOverlap : overlap,
            AsItIs = request.AsItIs,
            KeepsInputs = ResolveKeptInputs(request, plan),
            SearchTime = ParseSeconds(request.SearchSeconds, request.Style.Name("SearchSeconds")),
            Progress = request.Progress,
            Cancellation = request.Cancellation,
        };
        return new OptimizationSettings
        {
            Rewrite = ResolveRewrite(request, plan),
            Boards = boards,
            Board = board,
            BoardName = spec ?? Word.Given(request.Board),
            Region = ResolveRegion(request, board, request.ArenaRegion, "ArenaRegion") ?? board?.Regions[0],
            PersistentRegion = ResolveRegion(request, board, request.PersistentRegion, "PersistentRegion"),
            Style = request.Style,
            Planning = planning,
            ReservedSramBytes = ParseBytes(request.ReservedSram, request.Style.Name("ReservedSram")),
            ReservedFlashBytes = ParseBytes(request.ReservedFlash, request.Style.Name("ReservedFlash")),
            Margin = ParseMargin(request.ArenaMargin, request.Style.Name("ArenaMargin")),
            ResourceVariables = ChoiceWords.ResourceVariables.Parse(request.ResourceVariables, request.Style.Name("ResourceVariables")),
            IsStrict = ChoiceWords.Truths.Parse(request.Strict, request.Style.Name("Strict")),
            GivesAdvice = request.GivesAdvice,
            Diagnostics = diagnostics,
        };
    }

    private static MemoryRegion? ResolveRegion(OptimizationRequest request, Board? board, string? word, string metadata)
    {
        if (Word.Given(word) is not { } name)
            return null;
        string option = request.Style.Name(metadata);
        if (board is null)
            throw Bad(DiagnosticCodes.BadOption, $"{option} is '{Quote.Text(name)}', a memory of a board, but none is named; use "
                + $"{request.Style.Name("Board")} too");
        return board.FindRegion(name) ?? throw Bad(DiagnosticCodes.UnknownRegion, $"{option} is '{Quote.Text(name)}', which is no memory of "
            + $"{Quote.Text(board.Id)}; it has {string.Join(", ", board.Regions.Select(region => $"{region.Name} ({Quantity.Bytes(region.Bytes)})"))}");
    }

    private static OverlapChoice ResolveOverlap(OptimizationRequest request, PlanChoice plan, RuntimeChoice runtime, bool runs, List<Diagnostic> diagnostics)
    {
        RuntimeProfile rules = runtime.Profile;
        OverlapChoice choice = ChoiceWords.Overlaps.Parse(request.Overlap, request.Style.Name("Overlap"));
        if (Word.Given(request.Overlap) is null)
            return runs && plan != PlanChoice.Device ? runtime.DefaultOverlap : OverlapChoice.None;
        if (choice != OverlapChoice.None && plan == PlanChoice.Device)
            throw Bad(
                DiagnosticCodes.BadOption,
                $"{request.Style.Name("Overlap")} is '{Quote.Text(Word.Given(request.Overlap)!)}', but the planner on the device "
                + $"({request.Style.Setting("Plan", "device")}) lets nothing overlap; "
                + $"use {request.Style.Setting("Plan", "auto")} or {request.Style.Setting("Plan", "offline")}");
        if (choice != OverlapChoice.None && choice <= rules.MostOverlap && rules.DefaultOverlap == OverlapChoice.None)
        {
            diagnostics.Add(new Diagnostic(
                DiagnosticCodes.NoOverlapEvidence,
                DiagnosticSeverity.Message,
                $"for the kernels {Quote.Text(rules.KernelLibrary)} (profile {Quote.Text(rules.Id)}) nothing has shown that tensors can safely overlap, so "
                    + "only what the profile allows all the same does"));
        }
        if (choice > rules.MostOverlap)
        {
            diagnostics.Add(new Diagnostic(
                DiagnosticCodes.NoOverlapEvidence,
                DiagnosticSeverity.Message,
                $"{request.Style.Name("Overlap")} is '{ChoiceWords.Of(choice)}', but for the profile {Quote.Text(rules.Id)} nothing has shown that more "
                + $"than '{ChoiceWords.Of(rules.MostOverlap)}' is safe, so that is taken"));
            return rules.MostOverlap;
        }
        return choice;
    }

    private static RewriteSettings ResolveRewrite(OptimizationRequest request, PlanChoice plan)
    {
        RewriteChoice choice = ChoiceWords.Rewrites.Parse(request.Rewrite, request.Style.Name("Rewrite"));
        if (choice == RewriteChoice.Stream && plan == PlanChoice.Device)
            throw Bad(
                DiagnosticCodes.BadOption,
                $"{request.Style.Name("Rewrite")} is '{ChoiceWords.Of(choice)}', but the planner on the device "
                + $"({request.Style.Setting("Plan", "device")}) would give each variable of a loop memory of its own; "
                + $"use {request.Style.Setting("Plan", "auto")} or {request.Style.Setting("Plan", "offline")}");
        string? flash = Word.Given(request.MaxFlash);
        return new RewriteSettings(choice, ParseWork(request.MaxWork, request.Style.Name("MaxWork")),
            flash is null ? RewriteSettings.DefaultMaxFlashBytes : ParseBytes(flash, request.Style.Name("MaxFlash")));
    }

    private static double ParseWork(string? word, string option)
    {
        if (Word.Given(word) is not { } given)
            return RewriteSettings.DefaultMaxWork;
        bool isNumber = double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double work);
        return isNumber && work >= 1 && work <= MostWork
            ? work
            : throw Bad(DiagnosticCodes.BadOption, $"{option} is '{Quote.Text(given)}', but must be a number from 1 to {MostWork:0}, such as 1.1: the work "
                + "of the rewritten model in parts of the original's");
    }

    private static bool ResolveKeptInputs(OptimizationRequest request, PlanChoice plan)
    {
        bool keeps = ChoiceWords.Truths.Parse(request.KeepInputs, request.Style.Name("KeepInputs"));
        return keeps && plan == PlanChoice.Device
            ? throw Bad(
                DiagnosticCodes.BadOption,
                $"{request.Style.Name("KeepInputs")} is 'true', but the planner on the device ({request.Style.Setting("Plan", "device")}) hands the memory "
                + "of inputs on after their last reader; "
                + $"use {request.Style.Setting("Plan", "auto")} or {request.Style.Setting("Plan", "offline")}")
            : keeps;
    }

    /// <summary>What runs the model, or whose kernels are meant where nothing does.</summary>
    private static RuntimeChoice ResolveRuntime(OptimizationRequest request, Board? board, List<Diagnostic> diagnostics, out bool runs)
    {
        var resolution = new RuntimeResolution(request, board);
        runs = resolution.Runs;
        if (resolution.IsForBoardWithoutKernels)
        {
            diagnostics.Add(new Diagnostic(
                DiagnosticCodes.BoardWithoutKernels,
                DiagnosticSeverity.Message,
                $"TensorFlow Lite Micro does not run on {board!.Id} ({board.Core}), so the runtime is 'none': the arena is the plan alone"));
        }
        RuntimeChoice choice = resolution.Resolve();
        // Kernels of one's own profile are one's own affair, and those that the board names are its own.
        if (runs && board is not null && request.Profile is null && Word.Given(request.Kernels) is not null)
            CoreKernels.Check(board, choice.Profile.KernelLibrary);
        if (runs)
            diagnostics.AddRange(choice.Diagnostics);
        return choice;
    }

    private static long ParseBytes(string? word, string option)
    {
        if (Word.Given(word) is not { } given)
            return 0;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes <= int.MaxValue
            ? bytes
            : throw Bad(DiagnosticCodes.BadOption, $"{option} is '{Quote.Text(given)}', but must be a whole number of bytes, such as 4096");
    }

    private static ArenaMargin? ParseMargin(string? word, string option)
    {
        if (Word.Given(word) is not { } given)
            return null;
        return ArenaMargin.TryParse(given) ?? throw Bad(
            DiagnosticCodes.BadOption,
            $"{option} is '{Quote.Text(given)}', but must be a whole number of bytes, such as 512, or a share up to 1000%, such as 5%");
    }

    private static TimeSpan ParseSeconds(string? word, string option)
    {
        if (Word.Given(word) is not { } given)
            return TimeSpan.FromSeconds(DefaultSearchSeconds);
        bool isNumber = double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        return isNumber && seconds >= 0 && seconds <= MostSearchSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Bad(DiagnosticCodes.BadOption,
                $"{option} is '{Quote.Text(given)}', but must be a number of seconds from 0 to {Quantity.Count((long)MostSearchSeconds)}, such as 2.5");
    }

    private static TinyReorderException Bad(string code, string message) => new(Diagnostic.Error(code, message));
}
