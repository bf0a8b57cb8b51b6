using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Planning;

/// <summary>
/// Plans a model: from model and settings to its orders, its placements and the plan to take. May be called for one candidate model after the other.
/// </summary>
internal static class ModelPlanning
{
    /// <summary>Operators and tensors up to which plans are made only to advise.</summary>
    public const int MostRowsForAdvice = 2_000;

    // A loop has many small tensors beside few large ones: what a long search wins there is a few bytes, if any.
    private const long NodesOfRewritten = 100_000;

    /// <summary>The plans of <paramref name="model"/>, each checked by the verifier.</summary>
    /// <exception cref="TinyReorderException">The model cannot be planned as the settings ask, or the verifier rejects a plan.</exception>
    /// <exception cref="OperationCanceledException">The settings' token was cancelled.</exception>
    public static ModelPlan Plan(TfliteModel model, PlanningSettings settings)
    {
        // Every subgraph is checked before anything is built on it.
        var graphs = new ModelGraphs(model, settings.KeepsInputs);
        ArenaPlanning planning = PlanningOf(graphs, settings);
        // What no interpreter can plan is told before anything is searched.
        IReadOnlyList<Diagnostic> ofDevice = [.. planning.Diagnose()];

        IReadOnlyList<int>[] fileOrders = model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray())
            .ToArray();
        CarriedPlan? own = CarriedPlan.Of(model, planning, settings, fileOrders);
        // A plan that a vendor's compiler made together with its own operators cannot be made anew here.
        bool isLeftAlone = settings.AsItIs || own?.CustomOperator is not null;
        OrderChoice order = isLeftAlone ? OrderChoice.File : settings.Order;
        List<OverlapStage> stages = [StageWith(OverlapChoice.None, settings)];
        bool canPlan = TfliteRewriter.CanAddMetadata(model) && planning.TakesOfflinePlan;
        PlanningSettings further = settings with { SearchTime = stages[0].TimeForFurtherStages(settings.SearchTime) };
        if (!isLeftAlone && settings.Plan != PlanChoice.Device && canPlan)
            stages.AddRange(OverlapStages(model, planning, further));

        List<ArenaResult> plans = isLeftAlone
            ? [own?.Arena ?? planning.OnDevice([fileOrders], OrderChoice.File)]
            : Plans(planning, fileOrders, stages, order, canPlan);
        if (!isLeftAlone && own is not null)
            plans.Insert(0, own.Arena);
        // The peaks of a plan that shares more than the user asks for are told with what it shares.
        if (own is not null && stages.All(known => known.Shares.Choice != own.Arena.Overlap))
            stages.Add(StageWith(own.Arena.Overlap, further));
        plans = plans.Select(plan => plan with { PeakBytes = StageOf(stages, plan).PeakBytes(plan.Orders) }).ToList();
        bool needsOurs = (settings.Plan == PlanChoice.Auto && planning.NeedsOfflinePlan && canPlan) || settings.KeepsInputs;
        bool hasOurs = plans.Any(plan => plan.Plan == PlanChoice.Offline && plan.Overlap <= settings.Overlap);
        bool ownWillDo = settings.Plan == PlanChoice.Auto && own is { MayBeKept: true };
        if (isLeftAlone ? !settings.AsItIs && !plans[0].KeepsPromises : needsOurs && canPlan && !hasOurs && !ownWillDo)
            throw NoPlanHolds(settings);
        ArenaResult chosen = isLeftAlone || (needsOurs && !hasOurs && ownWillDo)
            ? plans[0]
            : Choose(plans.Where(plan => plan.Plan == PlanChoice.Own || plan.Overlap <= settings.Overlap).ToList(), order,
                needsOurs ? PlanChoice.Offline : settings.Plan, settings.Style);
        if (ownWillDo && plans[0].ArenaBytes <= chosen.ArenaBytes)
            chosen = plans[0];

        // Offsets set right what the interpreter's planner does not see.
        bool hasPlan = chosen.Plan == PlanChoice.Offline || (chosen.Plan == PlanChoice.Own && own!.IsSound);
        var diagnostics = new List<Diagnostic>(ofDevice.Where(diagnostic => !hasPlan || !planning.IsSolvedByPlan(diagnostic))
            .Concat(TensorNotes.OpenInputs(model)));
        if (chosen.Plan == PlanChoice.Offline || !planning.HasRuntime)
            diagnostics.AddRange(TensorNotes.Uncalled(model));
        if (own is not null)
        {
            IEnumerable<Diagnostic> told = own.Diagnose(isKept: chosen.Plan == PlanChoice.Own);
            diagnostics.AddRange(told.Where(diagnostic => !settings.AsItIs || diagnostic.Severity != DiagnosticSeverity.Message));
        }
        OverlapStage stage = StageOf(stages, chosen);
        if (order == OrderChoice.Best)
            diagnostics.AddRange(stage.NotProven(chosen.Orders));
        diagnostics.AddRange(DiagnosePlacement(chosen, settings));
        return new ModelPlan
        {
            Model = model,
            Planning = planning,
            Chosen = chosen,
            Plans = plans,
            Stage = stage,
            AsItIs = StageOf(stages, plans[0]),
            KeepsFile = isLeftAlone || chosen.Plan == PlanChoice.Own,
            Diagnostics = diagnostics,
        };

        OverlapStage StageWith(OverlapChoice overlap, PlanningSettings searching) =>
            new(planning, new ModelShares(model, settings.Rules, overlap, settings.KeepsInputs), searching);
    }

    /// <summary>How the arena of a model is planned: for what runs it, or without that as the plan alone.</summary>
    public static ArenaPlanning PlanningOf(ModelGraphs graphs, PlanningSettings settings) => settings.Runtime is { } runtime
        ? new TflmArenaPlanning(graphs, runtime, settings.Cancellation)
        {
            PlacementTime = settings.PlacementTime,
            Rewritten = settings.Rewritten,
            PlacementNodes = settings.Rewritten is null ? PlacementLimits.Default.Nodes : NodesOfRewritten,
        }
        : new PlainArenaPlanning(graphs, settings.Cancellation) { PlacementTime = settings.PlacementTime, Rewritten = settings.Rewritten };

    /// <summary>Whether plans may be made only to advise: that must not cost more than a moment.</summary>
    public static bool IsSmallEnoughForAdvice(TfliteModel model) =>
        model.Subgraphs.Sum(subgraph => (long)subgraph.Operators.Count + subgraph.Tensors.Count) <= MostRowsForAdvice;

    /// <summary>One stage for each further step of overlap that the settings allow and that some operator can use.</summary>
    private static IEnumerable<OverlapStage> OverlapStages(TfliteModel model, ArenaPlanning planning, PlanningSettings settings)
    {
        OverlapChoice most = settings.OverlapIfKnown > settings.Overlap && IsSmallEnoughForAdvice(model) ? settings.OverlapIfKnown : settings.Overlap;
        foreach (OverlapChoice choice in new[] { OverlapChoice.InPlace, OverlapChoice.Diagonal }.Where(choice => choice <= most))
        {
            var shares = new ModelShares(model, settings.Rules, choice, settings.KeepsInputs);
            if (shares.All.Count > 0)
                yield return new OverlapStage(planning, shares, settings);
        }
    }

    private static OverlapStage StageOf(List<OverlapStage> stages, ArenaResult plan) => stages.First(stage => stage.Shares.Choice == plan.Overlap);

    private static List<ArenaResult> Plans(ArenaPlanning planning, IReadOnlyList<int>[] fileOrders, List<OverlapStage> stages, OrderChoice order, bool canPlan)
    {
        List<ArenaResult> plans = [planning.OnDevice([fileOrders], OrderChoice.File)];
        if (order == OrderChoice.Best)
        {
            IReadOnlyList<int>[][] best = stages[0].Candidates;
            bool isFileOrder = best.Length == 1 && best[0].Zip(fileOrders, (found, inFile) => found.SequenceEqual(inFile)).All(isSame => isSame);
            plans.Add(isFileOrder ? plans[0] with { Order = OrderChoice.Best } : planning.OnDevice(best, OrderChoice.Best));
        }
        foreach (OverlapStage stage in stages.Where(_ => canPlan))
        {
            // An order that is best without overlap may be as good with it.
            IReadOnlyList<IReadOnlyList<int>[]> candidates = stage == stages[0] ? stage.Candidates : [.. stage.Candidates, .. stages[0].Candidates];
            if (planning.Offline(order == OrderChoice.File ? [fileOrders] : candidates, order, stage.Shares, stage.BoundBytes) is { } ours)
                plans.Add(ours);
        }
        return plans;
    }

    private static ArenaResult Choose(List<ArenaResult> plans, OrderChoice order, PlanChoice plan, OptionStyle style)
    {
        ArenaResult device = plans.Last(candidate => candidate.Order == order && candidate.Plan == PlanChoice.Device);
        // Among equals, the one with the least overlap.
        ArenaResult? offline = plans.Where(candidate => candidate.Order == order && candidate.Plan == PlanChoice.Offline)
            .OrderBy(candidate => candidate.ArenaBytes).FirstOrDefault();
        if (offline is null && plan == PlanChoice.Offline)
            throw NoOfflinePlan(plans[0].Orders.Count, style);
        return plan switch
        {
            PlanChoice.Device => device,
            PlanChoice.Offline => offline!,
            _ => Smaller(device, offline),
        };

        ArenaResult Smaller(ArenaResult byDevice, ArenaResult? byUs)
        {
            ArenaResult best = byUs is not null && byUs.ArenaBytes < byDevice.ArenaBytes ? byUs : byDevice;
            // Peaks of subgraphs do not add up to an arena: lower ones may need a larger one, and then nothing is gained.
            ArenaResult inFileOrder = plans.First(candidate => candidate.Plan == PlanChoice.Device);
            bool hasCalls = inFileOrder.Orders.Count > 1 && inFileOrder.HasRuntime;
            return hasCalls && inFileOrder.ArenaBytes < best.ArenaBytes ? inFileOrder : best;
        }
    }

    private static IEnumerable<Diagnostic> DiagnosePlacement(ArenaResult chosen, PlanningSettings settings)
    {
        if (chosen.PromiseBytes > 0)
        {
            yield return CostOfPromises(chosen, settings);
        }
        else if (chosen.Plan == PlanChoice.Offline && chosen.ArenaBytes > chosen.ArenaBoundBytes)
        {
            string bound = Quantity.Bytes(chosen.PlacementBoundBytes);
            yield return Diagnostic.Warning(
                DiagnosticCodes.PlacementGap,
                $"the tensors are placed in {Quantity.Bytes(chosen.PlacementBytes)}; a lower placement was not found and not ruled out (lower bound {bound})");
        }
    }

    private static Diagnostic CostOfPromises(ArenaResult chosen, PlanningSettings settings) => Diagnostic.Warning(
        DiagnosticCodes.KeptInputs,
        $"{Quantity.Bytes(chosen.PromiseBytes)} of the arena only keep the interpreter's planner off "
        + $"{(settings.KeepsInputs ? "the inputs, which it does not know to be kept" : "tensors that it takes for unused")}"
        + $"{(settings.KeepsInputs ? $"; without {settings.Style.Name("KeepInputs")} they are not needed" : "")}");

    private static TinyReorderException NoPlanHolds(PlanningSettings settings) => new(Diagnostic.Error(
        DiagnosticCodes.KeptInputs,
        settings.KeepsInputs
            ? "no plan keeps the inputs whole: the interpreter's planner, or the plan that the model carries, hands their memory on; leave "
                + $"{settings.Style.Name("KeepInputs")} out and keep a copy of the inputs"
            : "no plan keeps tensors whole that the interpreter's planner takes for unused; convert the model again with a converter of 2021 or later, "
                + "whose control flow the planner sees"));

    private static TinyReorderException NoOfflinePlan(int subgraphs, OptionStyle style) => new(Diagnostic.Error(DiagnosticCodes.BadMetadata, subgraphs > 1
        ? "the interpreter's version reads an offline plan from its start again for each subgraph, or the model's root table has fields that are newer "
            + $"than this project, so no offline plan can be added; use {style.Setting("Plan", "device")} or an interpreter of April 2023 or later"
        : "the model's root table has fields that are newer than this project, so no offline plan can be added; use "
            + style.Setting("Plan", "device")));
}
