using System.Globalization;
using TinyReorder.Arenas;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>An <see cref="OptimizationRequest"/> with every word understood.</summary>
internal sealed record OptimizationSettings
{
    private const double DefaultSearchSeconds = 10;
    private const double MostSearchSeconds = 86_400;
    private const int SearchTimesInAll = 4;

    private static readonly TimeSpan LeastPlacementTime = TimeSpan.FromSeconds(0.5);

    public required BoardCatalog Boards { get; init; }

    public required Board? Board { get; init; }

    public required string? BoardName { get; init; }

    /// <summary>What runs the model; null where the arena is the plan alone.</summary>
    public required RuntimeChoice? Runtime { get; init; }

    /// <summary>The runtime's profile; null where the arena is the plan alone.</summary>
    public RuntimeProfile? Profile => Runtime?.Profile;

    /// <summary>The profile that says what operators may share; without a runtime the kernels that the user names, else the reference ones.</summary>
    public required RuntimeProfile Rules { get; init; }

    public required OrderChoice Order { get; init; }

    public required PlanChoice Plan { get; init; }

    public required OverlapChoice Overlap { get; init; }

    /// <summary>
    /// How far tensors would share memory if the version were known: more than <see cref="Overlap"/> only where the user left both open. Such plans are made to tell what they would save.
    /// </summary>
    public OverlapChoice OverlapIfKnown { get; init; }

    /// <summary>How far tensors may share memory in a plan of the file's that is kept: any rule of the kernels will do where the user asks for nothing else.</summary>
    public required OverlapChoice MostOwnOverlap { get; init; }

    /// <summary>Whether only the file as it is counts.</summary>
    public required bool AsItIs { get; init; }

    /// <summary>Whether the model's inputs stay whole until its last operator has run.</summary>
    public required bool KeepsInputs { get; init; }

    public required long ReservedSramBytes { get; init; }

    public required long ReservedFlashBytes { get; init; }

    /// <summary>The margin that the user asks for; null where he says nothing.</summary>
    public required ArenaMargin? Margin { get; init; }

    public required ResourceVariableChoice ResourceVariables { get; init; }

    /// <summary>Whether what the interpreter will refuse is an error.</summary>
    public required bool IsStrict { get; init; }

    public required TimeSpan SearchTime { get; init; }

    /// <summary>The time to search for the orders of all subgraphs; a file may have thousands.</summary>
    public TimeBudget AllSearchTime => new(SearchTime, Times(SearchTime, SearchTimesInAll));

    /// <summary>The time to search for placements. They end by their nodes, so that a short search for the order need not make them depend on the clock.</summary>
    public TimeBudget PlacementTime => new(PlacementLimits.Default.Time, SearchTime < LeastPlacementTime ? LeastPlacementTime : Times(SearchTime, SearchTimesInAll));

    public required Action<OptimizationProgress>? Progress { get; init; }

    public required CancellationToken Cancellation { get; init; }

    /// <summary>What to tell about choices that the user did not make.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <exception cref="TinyReorderException">A word is not one of those allowed: TINY1003, TINY5001, TINY5002 or TINY5003.</exception>
    public static OptimizationSettings Resolve(OptimizationRequest request)
    {
        BoardCatalog boards = request.Boards ?? BoardCatalog.BuiltIn;
        Board? board = Given(request.Board) is { } name ? boards.Find(name) : null;
        var diagnostics = new List<Diagnostic>();
        RuntimeChoice runtime = ResolveRuntime(request, board, diagnostics, out bool runs);
        PlanChoice plan = Choose(request.Plan, "plan", [("auto", PlanChoice.Auto), ("offline", PlanChoice.Offline), ("device", PlanChoice.Device)]);
        OverlapChoice overlap = ResolveOverlap(request, plan, runtime, runs, diagnostics);
        return new OptimizationSettings
        {
            Boards = boards,
            Board = board,
            BoardName = Given(request.Board),
            Runtime = runs ? runtime : null,
            Rules = runtime.Profile,
            Order = Choose(request.Order, "order", [("best", OrderChoice.Best), ("file", OrderChoice.File)]),
            Plan = plan,
            Overlap = overlap,
            OverlapIfKnown = runs && plan != PlanChoice.Device && Given(request.Overlap) is null ? runtime.KnownOverlap : OverlapChoice.None,
            MostOwnOverlap = Given(request.Overlap) is null ? runtime.Profile.MostOverlap : overlap,
            AsItIs = request.AsItIs,
            KeepsInputs = ResolveKeptInputs(request, plan),
            ReservedSramBytes = ParseBytes(request.ReservedSram, "ReservedSram"),
            ReservedFlashBytes = ParseBytes(request.ReservedFlash, "ReservedFlash"),
            Margin = ParseMargin(request.ArenaMargin),
            ResourceVariables = Choose(request.ResourceVariables, "ResourceVariables", [("separate", ResourceVariableChoice.Separate), ("shared", ResourceVariableChoice.Shared)]),
            IsStrict = Choose(request.Strict, "Strict", [("false", false), ("true", true)]),
            SearchTime = ParseSeconds(request.SearchSeconds),
            Progress = request.Progress,
            Cancellation = request.Cancellation,
            Diagnostics = diagnostics,
        };
    }

    private static OverlapChoice ResolveOverlap(OptimizationRequest request, PlanChoice plan, RuntimeChoice runtime, bool runs, List<Diagnostic> diagnostics)
    {
        RuntimeProfile rules = runtime.Profile;
        OverlapChoice choice = Choose(request.Overlap, "overlap", [("none", OverlapChoice.None), ("in-place", OverlapChoice.InPlace), ("diagonal", OverlapChoice.Diagonal)]);
        if (Given(request.Overlap) is null)
            return runs && plan != PlanChoice.Device ? runtime.DefaultOverlap : OverlapChoice.None;
        if (choice != OverlapChoice.None && plan == PlanChoice.Device)
            throw Bad(DiagnosticCodes.BadOption, $"overlap is '{Quote.Text(Given(request.Overlap)!)}', but the planner on the device (Plan=\"device\") "
                + "lets nothing overlap; use Plan=\"auto\" or \"offline\"");
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
                $"overlap is '{ChoiceWords.Of(choice)}', but for the profile {Quote.Text(rules.Id)} nothing has shown that more than "
                    + $"'{ChoiceWords.Of(rules.MostOverlap)}' is safe, so that is taken"));
            return rules.MostOverlap;
        }
        return choice;
    }

    private static bool ResolveKeptInputs(OptimizationRequest request, PlanChoice plan)
    {
        bool keeps = Choose(request.KeepInputs, "KeepInputs", [("false", false), ("true", true)]);
        return keeps && plan == PlanChoice.Device
            ? throw Bad(DiagnosticCodes.BadOption, "KeepInputs is 'true', but the planner on the device (Plan=\"device\") hands the memory of inputs on "
                + "after their last reader; use Plan=\"auto\" or \"offline\"")
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
        if (runs && board is not null && request.Profile is null && Given(request.Kernels) is not null)
            CoreKernels.Check(board, choice.Profile.KernelLibrary);
        if (runs)
            diagnostics.AddRange(choice.Diagnostics);
        return choice;
    }

    private static T Choose<T>(string? word, string option, (string Word, T Value)[] choices)
    {
        if (Given(word) is not { } given)
            return choices[0].Value;
        foreach ((string known, T value) in choices)
        {
            if (Is(given, known))
                return value;
        }
        throw Bad(DiagnosticCodes.BadOption, $"{option} is '{Quote.Text(given)}', but must be one of: "
            + $"{string.Join(", ", choices.Select(choice => choice.Word))}");
    }

    private static long ParseBytes(string? word, string option)
    {
        if (Given(word) is not { } given)
            return 0;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes <= int.MaxValue
            ? bytes
            : throw Bad(DiagnosticCodes.BadOption, $"{option} is '{Quote.Text(given)}', but must be a whole number of bytes, such as 4096");
    }

    private static ArenaMargin? ParseMargin(string? word)
    {
        if (Given(word) is not { } given)
            return null;
        return ArenaMargin.TryParse(given) ?? throw Bad(DiagnosticCodes.BadOption,
            $"ArenaMargin is '{Quote.Text(given)}', but must be a whole number of bytes, such as 512, or a share up to 1000%, such as 5%");
    }

    private static TimeSpan ParseSeconds(string? word)
    {
        if (Given(word) is not { } given)
            return TimeSpan.FromSeconds(DefaultSearchSeconds);
        bool isNumber = double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        return isNumber && seconds >= 0 && seconds <= MostSearchSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Bad(DiagnosticCodes.BadOption, $"SearchSeconds is '{Quote.Text(given)}', but must be a number of seconds from 0 to "
                + $"{Quantity.Count((long)MostSearchSeconds)}, such as 2.5");
    }

    private static TimeSpan Times(TimeSpan time, int factor) => TimeSpan.FromTicks(time.Ticks * factor);

    private static string? Given(string? word) => string.IsNullOrWhiteSpace(word) ? null : word!.Trim();

    private static bool Is(string? word, string known) => string.Equals(word, known, StringComparison.OrdinalIgnoreCase);

    private static TinyReorderException Bad(string code, string message) => new(Diagnostic.Error(code, message));
}
