using TinyReorder.Diagnostics;
using TinyReorder.Operators;
using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Simplify;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using TinyReorder.Work;

namespace TinyReorder.Planning.Streaming;

/// <summary>What rewriting brought.</summary>
internal sealed record RewriteOutcome
{
    /// <summary>The reason where nothing that was found could be proven.</summary>
    internal const string Unproven = "what was found could not be proven to give the same answers; please report it with the model";

    /// <summary>What was asked for.</summary>
    public required RewriteSettings Settings { get; init; }

    /// <summary>The plan of the rewritten model; null where the model stays as it is.</summary>
    public ModelPlan? Plan { get; init; }

    /// <summary>
    /// The regions that run as loops, in the order in which they run, by the original's operators; empty where the model stays as it is. Where the order is not
    /// the file's, the operators between the first and the last are those that run between them.
    /// </summary>
    public IReadOnlyList<StreamedRegion> Regions { get; init; } = [];

    /// <summary>Convolutions of one pixel that got a dilation, so that CMSIS-NN takes them pixel by pixel; by their index in the original.</summary>
    public IReadOnlyList<int> Dilated { get; init; } = [];

    /// <summary>What was simplified, by the operators of the original; empty where nothing was.</summary>
    public IReadOnlyList<SimplifiedStep> Simplified { get; init; } = [];

    /// <summary>The arena of the simplified model without loops; null where nothing was simplified.</summary>
    public long? SimplifiedArenaBytes { get; init; }

    /// <summary>
    /// For each subgraph of a simplified model without loops, the index in the original of each operator; null where the model stays as it is, or has loops.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? OriginalOperators { get; init; }

    /// <summary>
    /// Which operator of the original each operator of the rewritten model works for, by subgraph and operator; null for none. Empty where the model has no
    /// loops.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<OperatorOrigin?>> Origins { get; init; } = [];

    /// <summary>Predicted work of the original model.</summary>
    public WorkEstimate? WorkBefore { get; init; }

    /// <summary>Predicted work of the rewritten model.</summary>
    public WorkEstimate? WorkAfter { get; init; }

    /// <summary>Predicted work in parts of the original's; 1 where the model stays as it is.</summary>
    public double WorkRatio => WorkBefore is { } before && WorkAfter is { } after ? after.RatioTo(before) : 1;

    /// <summary>Multiplications with addition of the original model.</summary>
    public long MacsBefore { get; init; }

    /// <summary>Multiplications with addition of the rewritten model, all turns counted.</summary>
    public long MacsAfter { get; init; }

    /// <summary>How many bytes longer the file is than without the rewrite, plan included.</summary>
    public long AddedFlashBytes { get; init; }

    /// <summary>
    /// No choice of regions holds less of tensors and scratch at once, whatever rows they make at a time: a proven bound, in the order of the plan without
    /// regions; null where none was asked for, or where there are too many choices.
    /// </summary>
    public long? LowerBoundBytes { get; init; }

    /// <summary>
    /// Why the model stays as it is or, where it was simplified and loops were asked for, why it has none; null where it has what was asked for.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Rewrites <paramref name="model"/> where that needs less than <paramref name="today"/>, the best plan without.</summary>
    /// <param name="model">The model.</param>
    /// <param name="today">Its plan without a rewrite.</param>
    /// <param name="planning">How it is planned.</param>
    /// <param name="settings">How far it may be rewritten.</param>
    public static RewriteOutcome Of(TfliteModel model, ModelPlan today, PlanningSettings planning, RewriteSettings settings)
    {
        // What only advises has no time for both.
        string? reason = null;
        Simplification? simple = settings.MostPlans is null ? Simplification.Find(model, today, planning, settings, out reason) : null;
        if (simple is null)
        {
            return settings.Choice == RewriteChoice.Stream ? Streamed(model, today, planning, settings)
                : new RewriteOutcome { Settings = settings, Reason = reason };
        }
        RewriteSettings left = settings with
        {
            MaxFlashBytes = settings.MaxFlashBytes - simple.AddedFlashBytes,
            MaxWork = settings.MaxWork / simple.Work.RatioTo(simple.WorkBefore),
        };
        RewriteOutcome streamed = settings.Choice != RewriteChoice.Stream ? new RewriteOutcome { Settings = settings }
            : Streamed(simple.Simplified.Model, simple.Plan, planning, left);
        return With(model, simple, streamed) with { Settings = settings };
    }

    /// <summary>What was done to the simplified model, told of the original.</summary>
    private static RewriteOutcome With(TfliteModel model, Simplification simple, RewriteOutcome streamed)
    {
        var none = new Dictionary<int, long>();
        SimplifiedModel simplified = simple.Simplified;
        IReadOnlyList<int> original = simplified.OriginalOperators[0];
        bool hasLoops = streamed.Plan is not null;
        return streamed with
        {
            Plan = streamed.Plan ?? simple.Plan with { Chosen = simple.Plan.Chosen with { IsSimplified = true } },
            Regions = [.. streamed.Regions.Select(region => region with
            {
                FirstOperator = original[region.FirstOperator],
                LastOperator = original[region.LastOperator],
                ComputedAgain = [.. region.ComputedAgain.Select(k => original[k])],
                Cut = [.. region.Cut.Select(k => original[k])],
            })],
            Origins = [.. streamed.Origins
                .Select(ofSubgraph => ofSubgraph.Select(origin => origin is null ? null : origin with { Operator = original[origin.Operator] }).ToArray())],
            Dilated = [.. streamed.Dilated.Select(k => original[k])],
            Simplified = simplified.Steps,
            SimplifiedArenaBytes = simple.Plan.Chosen.ArenaBytes,
            OriginalOperators = hasLoops ? null : simplified.OriginalOperators,
            WorkBefore = simple.WorkBefore,
            WorkAfter = streamed.WorkAfter ?? simple.Work,
            MacsBefore = Macs(model, none),
            MacsAfter = hasLoops ? streamed.MacsAfter : Macs(simplified.Model, none),
            AddedFlashBytes = simple.AddedFlashBytes + streamed.AddedFlashBytes,
        };
    }

    /// <summary>Lets regions of <paramref name="model"/> run as loops.</summary>
    private static RewriteOutcome Streamed(TfliteModel model, ModelPlan today, PlanningSettings planning, RewriteSettings settings)
    {
        var kept = new RewriteOutcome { Settings = settings };
        if (today.KeepsFile)
            return kept with { Reason = "the model has a plan of its own, which is kept" };
        if (!StreamSearch.CanSearch(model))
            return kept with { Reason = "the file has several subgraphs, state or order constraints, or tables that this project cannot write anew" };
        if (!today.Planning.HasRuntime)
            return kept with { Reason = "no interpreter is named, and a loop is planned for one" };
        if (!today.Planning.TakesOfflinePlan)
            return kept with { Reason = "the interpreter's version takes no offline plan for a model with loops" };
        // Regions are looked for in the order that is best without loops.
        IReadOnlyList<int> order = today.Chosen.Orders[0];
        bool isFileOrder = order.SequenceEqual(Enumerable.Range(0, order.Count));
        TfliteModel ordered = isFileOrder ? model : TfliteModel.Load(TfliteRewriter.Rewrite(model, today.Chosen.Orders), model.Name);
        bool inBands = !StreamSearch.RunsLoops(ordered, planning);
        // Who allows more work or flash never gets a larger arena for it.
        CandidatePlan? found = null;
        StreamSearch? search = null;
        foreach (RewriteSettings limits in settings.UpFromDefaults())
        {
            search = new StreamSearch(ordered, planning, limits, today.Chosen.ArenaBytes, inBands);
            found = search.Best(found);
        }
        kept = kept with { LowerBoundBytes = search!.LowerBoundBytes };
        if (found is not { } best)
            return kept with { Reason = search.WhyNothing };
        if (Planned(best, planning) is not { } plan)
            return kept with { Reason = Unproven };
        // The clock may end a long search for a placement before it comes to what the short one found.
        if (best.Arena.ArenaBytes < plan.Chosen.ArenaBytes && best.Arena.Overlap == plan.Stage.Shares.Choice)
            plan = plan with { Chosen = best.Arena };
        if (plan.Chosen.ArenaBytes >= today.Chosen.ArenaBytes)
            return kept with { Reason = "no loop within the limits needs less" };
        return kept with
        {
            Plan = plan with { Chosen = plan.Chosen with { IsStreamed = true } },
            Regions = [.. best.Rewritten.Regions.Select(region => region with
            {
                FirstOperator = order[region.FirstOperator],
                LastOperator = order[region.LastOperator],
                ComputedAgain = [.. region.ComputedAgain.Select(k => order[k])],
                Cut = [.. region.Cut.Select(k => order[k])],
            })],
            Dilated = [.. best.Rewritten.Dilated.Select(k => order[k])],
            Origins = [.. best.Rewritten.Origins
                .Select(ofSubgraph => ofSubgraph.Select(origin => origin is null ? null : origin with { Operator = order[origin.Operator] }).ToArray())],
            WorkBefore = search.WorkBefore with
            {
                Operators = [.. search.WorkBefore.Operators.Select(work => work with { Operator = order[work.Operator] })],
            },
            WorkAfter = best.Work,
            MacsBefore = Macs(model, new Dictionary<int, long>()),
            MacsAfter = Macs(best.Rewritten.Model, best.Rewritten.TurnsOfBody),
            AddedFlashBytes = best.AddedFlashBytes,
        };
    }

    /// <summary>The plan of what was found; null where it cannot be proven to be right: what is not proven is not written.</summary>
    private static ModelPlan? Planned(CandidatePlan best, PlanningSettings planning)
    {
        try
        {
            return ModelPlanning.Plan(best.Rewritten.Model, planning with { Rewritten = best.Rewritten, Plan = PlanChoice.Offline });
        }
        catch (TinyReorderException e) when (e.Diagnostic.Code == DiagnosticCodes.PlanRejected)
        {
            return null;
        }
    }

    private static long Macs(TfliteModel model, IReadOnlyDictionary<int, long> turns) => model.Subgraphs.Sum(subgraph => subgraph.Operators
        .Sum(op => (OperatorCost.Macs(subgraph, op) ?? 0) * (turns.TryGetValue(subgraph.Index, out long times) ? times : 1)));
}
