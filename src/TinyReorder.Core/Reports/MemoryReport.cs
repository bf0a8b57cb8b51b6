using TinyReorder.Boards;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Rewrites;
using TinyReorder.Tflite;

namespace TinyReorder.Reports;

/// <summary>
/// Everything that the memory map shows of a model, in text, CSV, JSON, pictures and HTML alike: tensors, steps of the default and of the chosen order,
/// arenas and boards. Tensors count their exact bytes, as in the paper's Tensor Memory Mapping; see docs/memory-map.md.
/// </summary>
internal sealed record MemoryReport
{
    /// <summary>The model's file name, without its folder.</summary>
    public required string Model { get; init; }

    /// <summary>Bytes of the model array in flash: the reordered model.</summary>
    public required long FlashBytes { get; init; }

    /// <summary>One report for each subgraph.</summary>
    public required IReadOnlyList<SubgraphReport> Subgraphs { get; init; }

    /// <summary>The plans: the file as it is first, with the plan that it carries or else its order on the device, then what was tried.</summary>
    public required IReadOnlyList<ArenaReport> Arenas { get; init; }

    /// <summary>The plan that was taken; one of <see cref="Arenas"/>.</summary>
    public required ArenaReport Chosen { get; init; }

    /// <summary>The array that the firmware declares: the chosen arena, and what the user wants on top.</summary>
    public required ArenaConstant Constant { get; init; }

    /// <summary>What a rewrite did to the model; null where it is as it was.</summary>
    public RewriteReport? Rewrite { get; init; }

    /// <summary>The board's budget, or null when no board was named.</summary>
    public required BoardResult? Board { get; init; }

    /// <summary>Every board, whether it would hold the chosen arena and the model: those with the smallest static region first.</summary>
    public required IReadOnlyList<BoardChoice> Boards { get; init; }

    /// <summary>
    /// The peak of the file's order: the highest of all subgraphs. Of a streamed model, whose file as it was has other subgraphs, as the runtime counts it.
    /// </summary>
    public long DefaultPeakBytes => OriginalPeakBytes ?? Subgraphs.Max(subgraph => subgraph.Default.PeakBytes);

    /// <summary>The peak of the file before it was rewritten; null where it was not.</summary>
    internal long? OriginalPeakBytes { get; init; }

    /// <summary>
    /// The peak of the chosen order: the highest of all subgraphs. Of a streamed model, whose variables of loops lie on each other, what the plan holds at most.
    /// </summary>
    public long PeakBytes => IsStreamed ? Chosen.PeakBytes : Subgraphs.Max(subgraph => subgraph.Chosen.PeakBytes);

    /// <summary>Whether the plan that was taken is that of a rewritten model.</summary>
    internal bool IsStreamed => Chosen.Plan.IsStreamed;

    /// <summary>What margin and resource variables add to the arena.</summary>
    internal long AddedBytes => Constant.Bytes - Constant.ArenaBytes;

    /// <summary>Makes the report.</summary>
    /// <param name="result">What was found for the model, a board that it overflows included.</param>
    /// <param name="boards">The boards for the list of those that would do; by default the built-in ones.</param>
    /// <exception cref="Diagnostics.TinyReorderException">The report would be larger than anyone reads: TINY2009.</exception>
    public static MemoryReport Of(OptimizationResult result, BoardCatalog? boards = null)
    {
        TfliteModel model = result.PlannedModel;
        IReadOnlyList<StreamedRegion> loops = result.Rewrite?.Regions ?? [];
        var rewrite = RewriteReport.Of(result);
        ReportSize.Check(result);
        ArenaReport[] arenas = result.AllowedPlans.Select(plan => ArenaOf(result, plan, rewrite)).ToArray();
        int chosen = result.AllowedPlans.TakeWhile(plan => !ReferenceEquals(plan, result.Arena)).Count();
        return new MemoryReport
        {
            Model = FileNameOf(model.Name),
            FlashBytes = result.OptimizedModel.LongLength,
            OriginalPeakBytes = result.Subgraphs[0].OriginalPeakBytes,
            Subgraphs = result.Subgraphs.Select(subgraph => SubgraphOf(result, SubgraphReports.Of(model, subgraph, rewrite)) with
            {
                Loop = LoopReport.Find(loops, subgraph.Index),
                IsRewritten = subgraph.Index == 0 && result.Rewrite?.Plan is not null,
            }).ToArray(),
            Arenas = chosen < arenas.Length ? arenas : [.. arenas, ArenaOf(result, result.Arena, rewrite)],
            Chosen = chosen < arenas.Length ? arenas[chosen] : ArenaOf(result, result.Arena, rewrite),
            Constant = result.Constant,
            Rewrite = rewrite,
            Board = result.Board,
            Boards = BoardChoice.Of(boards ?? BoardCatalog.BuiltIn, result),
        };
    }

    private static ArenaReport ArenaOf(OptimizationResult result, ArenaResult plan, RewriteReport? rewrite)
    {
        ArenaReport report = ArenaReports.Of(result.ModelOf(plan), plan, plan.IsStreamed ? rewrite : null);
        return plan.IsSimplified && result.Rewrite?.OriginalOperators is { } original ? OriginalOperators.Of(report, original) : report;
    }

    private static SubgraphReport SubgraphOf(OptimizationResult result, SubgraphReport report) =>
        result.Rewrite?.OriginalOperators is { } original ? OriginalOperators.Of(report, original[report.Index]) : report;

    // A report says the same wherever the model lies.
    private static string FileNameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
