using TinyReorder.Diagnostics;
using TinyReorder.Operators;
using TinyReorder.Rewrites;
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

    /// <summary>Why the model stays as it is; null where it was rewritten.</summary>
    public string? Reason { get; init; }

    /// <summary>Rewrites <paramref name="model"/> where that needs less than <paramref name="today"/>, the best plan without.</summary>
    /// <param name="model">The model.</param>
    /// <param name="today">Its plan without a rewrite.</param>
    /// <param name="planning">How it is planned.</param>
    /// <param name="settings">How far it may be rewritten.</param>
    public static RewriteOutcome Of(TfliteModel model, ModelPlan today, PlanningSettings planning, RewriteSettings settings)
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
        var search = new StreamSearch(ordered, planning, settings, today.Chosen.ArenaBytes);
        if (search.Best() is not { } best)
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
            WorkBefore = search.WorkBefore,
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
