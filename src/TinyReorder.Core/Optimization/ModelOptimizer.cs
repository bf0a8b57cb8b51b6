using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Scheduling;
using TinyReorder.Tflite;

namespace TinyReorder.Optimization;

/// <summary>The single door to everything: from a model to its cheapest order, its plan, its arena and its place on a board.</summary>
public static class ModelOptimizer
{
    // Advice comes with a failing build, which must not take long to fail.
    private static readonly TimeSpan MostTimeForAdvice = TimeSpan.FromSeconds(1);
    private const int MostRowsForAdvice = 2_000;
    private const string ReferenceKernels = "reference";

    /// <summary>Optimizes <paramref name="model"/> as <paramref name="request"/> says.</summary>
    /// <exception cref="TinyReorderException">The model or the request is bad: one diagnostic.</exception>
    /// <exception cref="OperationCanceledException">The request's token was cancelled.</exception>
    public static OptimizationResult Optimize(TfliteModel model, OptimizationRequest request)
    {
        try
        {
            return Optimize(model, OptimizationSettings.Resolve(request));
        }
        catch (TinyReorderException e) when (e.Diagnostic.File is null)
        {
            throw new TinyReorderException(e.Diagnostic with { File = model.Name }, e);
        }
    }

    private static OptimizationResult Optimize(TfliteModel model, OptimizationSettings settings)
    {
        var diagnostics = new List<Diagnostic>(settings.Diagnostics);
        // Every subgraph is checked before anything is built on it.
        for (int s = 0; s < model.Subgraphs.Count; s++)
            SubgraphGraph.Create(model, s, GraphSizing.Plain);
        ArenaPlanning planning = settings.Runtime is { } runtime
            ? new TflmArenaPlanning(model, runtime, settings.KeepsInputs, settings.Cancellation) { PlacementTime = settings.PlacementTime }
            : new PlainArenaPlanning(model, settings.KeepsInputs, settings.Cancellation) { PlacementTime = settings.PlacementTime };
        diagnostics.AddRange(planning.Diagnostics);
        diagnostics.AddRange(TensorNotes.OpenInputs(model));

        IReadOnlyList<int>[] fileOrders = model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        CarriedPlan? own = CarriedPlan.Of(model, planning, settings, fileOrders);
        // A plan that a vendor's compiler made together with its own operators cannot be made anew here.
        bool isLeftAlone = settings.AsItIs || own?.CustomOperator is not null;
        OrderChoice order = isLeftAlone ? OrderChoice.File : settings.Order;
        List<OverlapStage> stages = [new OverlapStage(model, planning, new ModelShares(model, settings.Rules, OverlapChoice.None, settings.KeepsInputs), settings)];
        bool canPlan = TfliteRewriter.CanAddMetadata(model) && planning.TakesOfflinePlan;
        OptimizationSettings further = settings with { SearchTime = stages[0].TimeForFurtherStages(settings.SearchTime) };
        if (!isLeftAlone && settings.Plan != PlanChoice.Device && canPlan)
            stages.AddRange(OverlapStages(model, planning, further));

        List<ArenaResult> plans = isLeftAlone ? [own?.Arena ?? planning.OnDevice([fileOrders], OrderChoice.File)] : Plans(planning, fileOrders, stages, order, canPlan);
        if (!isLeftAlone && own is not null)
            plans.Insert(0, own.Arena);
        // The peaks of a plan that shares more than the user asks for are told with what it shares.
        if (own is not null && stages.All(known => known.Shares.Choice != own.Arena.Overlap))
            stages.Add(new OverlapStage(model, planning, new ModelShares(model, settings.Rules, own.Arena.Overlap, settings.KeepsInputs), further));
        plans = plans.Select(plan => plan with { PeakBytes = StageOf(stages, plan).PeakBytes(plan.Orders) }).ToList();
        bool needsOurs = (settings.Plan == PlanChoice.Auto && planning.NeedsOfflinePlan && canPlan) || settings.KeepsInputs;
        bool hasOurs = plans.Any(plan => plan.Plan == PlanChoice.Offline && plan.Overlap <= settings.Overlap), ownWillDo = settings.Plan == PlanChoice.Auto && own is { MayBeKept: true };
        if (isLeftAlone ? !settings.AsItIs && !plans[0].KeepsPromises : needsOurs && canPlan && !hasOurs && !ownWillDo)
            throw NoPlanHolds(settings.KeepsInputs);
        ArenaResult chosen = isLeftAlone || (needsOurs && !hasOurs && ownWillDo) ? plans[0] : Choose(plans.Where(plan => plan.Plan == PlanChoice.Own || plan.Overlap <= settings.Overlap).ToList(), order, needsOurs ? PlanChoice.Offline : settings.Plan);
        if (ownWillDo && plans[0].ArenaBytes <= chosen.ArenaBytes)
            chosen = plans[0];
        if (own is not null)
            diagnostics.AddRange(own.Diagnose(isKept: chosen.Plan == PlanChoice.Own).Where(diagnostic => !settings.AsItIs || diagnostic.Severity != DiagnosticSeverity.Message));
        OverlapStage stage = StageOf(stages, chosen), asItIs = StageOf(stages, plans[0]);
        OrderResult[] found = stage.Found;
        SubgraphResult[] subgraphs = found.Select((result, s) => ToResult(model, s, asItIs.Graphs[s], stage.Graphs[s], result, chosen.Orders[s])).ToArray();
        if (order == OrderChoice.Best)
            diagnostics.AddRange(subgraphs.Where(subgraph => !found[subgraph.Index].Proven).Select(NotProven));
        if (chosen.PromiseBytes > 0)
            diagnostics.Add(CostOfPromises(chosen, settings.KeepsInputs));
        else if (chosen.Plan == PlanChoice.Offline && chosen.ArenaBytes > chosen.ArenaBoundBytes)
        {
            diagnostics.Add(Diagnostic.Warning(
                DiagnosticCodes.PlacementGap,
                $"the tensors are placed in {Quantity.Bytes(chosen.PlacementBytes)}; a lower placement was not found and not ruled out (lower bound "
                    + $"{Quantity.Bytes(chosen.PlacementBoundBytes)})"));
        }
        // Offsets set right what the interpreter's planner does not see.
        if (chosen.Plan == PlanChoice.Offline || (chosen.Plan == PlanChoice.Own && own!.IsSound))
            diagnostics.RemoveAll(diagnostic => diagnostic.Message.Contains(TflmSupport.UnseenCall));
        bool isAsInFile = isLeftAlone || chosen.Plan == PlanChoice.Own;
        byte[] optimized = isAsInFile ? model.Bytes : TfliteRewriter.Rewrite(model, chosen.Orders, Metadata(chosen));
        (chosen, plans) = MeasuredPlans.Of(chosen, optimized, plans, model.Bytes, settings.Profile);
        diagnostics.AddRange(MeasuredPlans.Diagnose(chosen, settings.Profile));
        ArenaConstant constant = ConstantOf(chosen, [.. planning.Elsewhere(chosen)], planning.LeastArenaBytes(chosen), settings);
        BoardResult? board = Fit(model, settings, subgraphs, chosen, constant, optimized.Length, diagnostics);
        return new OptimizationResult
        {
            Model = model,
            OptimizedModel = optimized,
            Subgraphs = subgraphs,
            Arena = chosen,
            Constant = constant,
            KeepsInputs = settings.KeepsInputs,
            Profile = settings.Profile,
            Plans = plans,
            Board = board,
            MostOverlap = settings.Overlap,
            Hints = settings.Runtime is null ? [] : RuntimeHints.Of(settings, chosen, plans),
            CrashesOnShortArena = settings.Runtime?.Release?.CrashesOnShortArena ?? false,
            Diagnostics = diagnostics.Select(diagnostic => Weigh(diagnostic, settings)).Select(diagnostic => diagnostic.File is null ? diagnostic with { File = model.Name } : diagnostic).ToArray(),
        };
    }

    /// <summary>One stage for each further step of overlap that the settings allow and that some operator can use.</summary>
    private static IEnumerable<OverlapStage> OverlapStages(TfliteModel model, ArenaPlanning planning, OptimizationSettings settings)
    {
        foreach (OverlapChoice choice in new[] { OverlapChoice.InPlace, OverlapChoice.Diagonal }.Where(choice => choice <= settings.Overlap || choice <= settings.OverlapIfKnown))
        {
            var shares = new ModelShares(model, settings.Rules, choice, settings.KeepsInputs);
            if (shares.All.Count > 0)
                yield return new OverlapStage(model, planning, shares, settings);
        }
    }

    private static OverlapStage StageOf(List<OverlapStage> stages, ArenaResult plan) => stages.First(stage => stage.Shares.Choice == plan.Overlap);

    private static SubgraphResult ToResult(TfliteModel model, int s, Graph asItIs, Graph graph, OrderResult found, IReadOnlyList<int> order) => new()
    {
        Index = s,
        Name = model.Subgraphs[s].Name,
        Graph = graph,
        DefaultGraph = asItIs,
        Order = order,
        DefaultMap = MemoryMap.Of(asItIs, Enumerable.Range(0, graph.Operators.Count).ToArray()),
        Map = MemoryMap.Of(graph, order),
        LowerBoundBytes = found.LowerBoundBytes,
        SearchTime = found.Time,
        SearchNodes = found.Nodes,
    };

    private static Diagnostic NotProven(SubgraphResult subgraph) => Diagnostic.Warning(
        DiagnosticCodes.OrderNotProven,
        $"the best order found for subgraph {subgraph.Index} peaks at {Quantity.Bytes(subgraph.PeakBytes)}, and no order is below "
            + $"{Quantity.Bytes(subgraph.LowerBoundBytes)}: {Quantity.Bytes(subgraph.PeakBytes - subgraph.LowerBoundBytes)} may be left to gain; raise "
            + "SearchSeconds to look further") with
    { Subgraph = subgraph.Index };

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

    private static ArenaResult Choose(List<ArenaResult> plans, OrderChoice order, PlanChoice plan)
    {
        ArenaResult device = plans.Last(candidate => candidate.Order == order && candidate.Plan == PlanChoice.Device);
        // Among equals, the one with the least overlap.
        ArenaResult? offline = plans.Where(candidate => candidate.Order == order && candidate.Plan == PlanChoice.Offline).OrderBy(candidate => candidate.ArenaBytes).FirstOrDefault();
        if (offline is null && plan == PlanChoice.Offline)
            throw NoOfflinePlan(plans[0].Orders.Count);
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
            bool hasCalls = inFileOrder.Orders.Count > 1 && inFileOrder.Profile != "none";
            return hasCalls && inFileOrder.ArenaBytes < best.ArenaBytes ? inFileOrder : best;
        }
    }

    private static Diagnostic CostOfPromises(ArenaResult chosen, bool keepsInputs) => Diagnostic.Warning(
        DiagnosticCodes.KeptInputs,
        $"{Quantity.Bytes(chosen.PromiseBytes)} of the arena only keep the interpreter's planner off "
            + $"{(keepsInputs ? "the inputs, which it does not know to be kept" : "tensors that it takes for unused")}{(keepsInputs ? "; without KeepInputs they are not needed" : "")}");

    private static TinyReorderException NoPlanHolds(bool keepsInputs) => new(Diagnostic.Error(
        DiagnosticCodes.KeptInputs,
        keepsInputs
            ? "no plan keeps the inputs whole: the interpreter's planner, or the plan that the model carries, hands their memory on; leave KeepInputs out "
                + "and keep a copy of the inputs"
            : "no plan keeps tensors whole that the interpreter's planner takes for unused; convert the model again with a converter of 2021 or later, "
                + "whose control flow the planner sees"));

    private static TinyReorderException NoOfflinePlan(int subgraphs) => new(Diagnostic.Error(DiagnosticCodes.BadMetadata, subgraphs > 1
        ? "the interpreter's version reads an offline plan from its start again for each subgraph, or the model's root table has fields that are newer "
            + "than this project, so no offline plan can be added; use Plan=\"device\" or an interpreter of April 2023 or later"
        : "the model's root table has fields that are newer than this project, so no offline plan can be added; use Plan=\"device\""));

    private static List<(string Name, byte[] Data)> Metadata(ArenaResult arena) =>
        arena.OfflinePlan is { } plan ? [(TfliteMetadata.OfflinePlanName, plan.ToMetadata())] : [];

    private static ArenaConstant ConstantOf(ArenaResult arena, ArenaResult[] elsewhere, long leastBytes, OptimizationSettings settings)
    {
        bool isShared = settings.ResourceVariables == ResourceVariableChoice.Shared;
        long variableBytes = isShared ? arena.ResourceVariableBytes : 0;
        long most = elsewhere.Append(arena).Max(result => result.ArenaBytes + (isShared ? result.ResourceVariableBytes : 0));
        ArenaMargin margin = settings.Margin ?? ArenaMargin.Default(arena.AllocationIsExact);
        long marginBytes = margin.Of(most, ArenaPlanning.AlignmentBytes);
        long least = most - arena.ArenaBytes + leastBytes;
        least += settings.Margin?.Of(least, ArenaPlanning.AlignmentBytes) ?? 0;
        return new ArenaConstant
        {
            ArenaBytes = arena.ArenaBytes,
            AllowanceBytes = leastBytes == arena.ArenaBytes ? 0 : most + marginBytes - least,
            ResourceVariables = settings.ResourceVariables,
            ResourceVariableBytes = variableBytes,
            OtherTargetBytes = most - arena.ArenaBytes - variableBytes,
            MarginBytes = marginBytes,
            ResourceVariableArenaBytes = elsewhere.Append(arena).Max(result => result.ResourceVariableArenaBytes),
            UsedBytes = elsewhere.Append(arena).Max(result => isShared ? result.SharedUsedBytes : result.UsedBytes),
            NonPersistentBytes = Largest(result => result.NonPersistentArenaBytes),
            PersistentBytes = Largest(result => result.PersistentArenaBytes + (isShared ? result.SplitResourceVariableBytes : 0)),
        };

        long? Largest(Func<ArenaResult, long?> part) => part(arena) is null ? null : elsewhere.Append(arena).Max(part) is { } bytes ? bytes + margin.Of(bytes, ArenaPlanning.AlignmentBytes) : null;
    }

    private static Diagnostic Weigh(Diagnostic diagnostic, OptimizationSettings settings) =>
        settings.IsStrict && diagnostic is { Code: DiagnosticCodes.RuntimeRefuses, Severity: DiagnosticSeverity.Warning }
            ? diagnostic with { Severity = DiagnosticSeverity.Error }
            : diagnostic;

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Which other settings would make the model fit <paramref name="board"/>, the nearest first; null when none of those tried does.</summary>
    private static string? Advice(TfliteModel model, OptimizationSettings settings, Board board)
    {
        bool isTooMuch = model.Subgraphs.Sum(subgraph => (long)subgraph.Operators.Count + subgraph.Tensors.Count) > MostRowsForAdvice;
        if (isTooMuch || settings.Runtime is null || settings.Order == OrderChoice.File || OfflinePlan.Find(model) is not null || !TfliteRewriter.CanAddMetadata(model))
            return null;
        OptimizationSettings further = settings with { Board = null, Plan = PlanChoice.Auto, Overlap = OverlapChoice.Diagonal, Progress = null, SearchTime = Least(settings.SearchTime, MostTimeForAdvice) };
        RuntimeProfile found = settings.Runtime!.Release?.FindKernels(ReferenceKernels) ?? RuntimeProfile.Find(ReferenceKernels);
        RuntimeProfile reference = found with { Abi = settings.Runtime.Profile.Abi };
        (string Words, OptimizationSettings Settings)[] tries =
        [
            ("Overlap=\"diagonal\"", further),
            ($"Kernels=\"{reference.KernelLibrary}\" and Overlap=\"diagonal\"", further with { Runtime = settings.Runtime with { Profile = reference }, Rules = reference }),
        ];
        foreach ((string words, OptimizationSettings other) in tries)
        {
            bool isSame = other.Profile == settings.Profile && settings.Overlap == OverlapChoice.Diagonal;
            if (isSame || other.Rules.DefaultOverlap == OverlapChoice.None || other.Rules.MostOverlap < OverlapChoice.Diagonal)
                continue;
            OptimizationResult result = Optimize(model, other);
            if (result.Constant.Bytes + settings.ReservedSramBytes <= board.StaticRegionBytes && result.Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
                return $"{words} would fit: the arena is then {Quantity.Bytes(result.Constant.Bytes)}.";
        }
        return null;
    }

    private static BoardResult? Fit(TfliteModel model, OptimizationSettings settings, SubgraphResult[] subgraphs, ArenaResult arena, ArenaConstant constant, long modelBytes, List<Diagnostic> diagnostics)
    {
        if (settings.Board is not { } board)
            return null;
        var fit = new BoardFit(board, constant.Bytes, modelBytes, settings.ReservedSramBytes, settings.ReservedFlashBytes)
        {
            BoardName = settings.BoardName,
            Kernels = arena.Kernels,
            AllowanceBytes = constant.AllowanceBytes,
        };
        if (fit.SramMissingBytes > 0)
            fit = fit with { Advice = Advice(model, settings, board) };
        diagnostics.AddRange(fit.Diagnose(settings.Boards, model.Name, PeakDescription.Of(model, subgraphs)));
        return new BoardResult(board, settings.ReservedSramBytes, settings.ReservedFlashBytes, fit.Fits);
    }
}
