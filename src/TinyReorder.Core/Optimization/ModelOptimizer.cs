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
        ArenaPlanning planning = settings.Profile is { } profile
            ? new TflmArenaPlanning(model, profile, settings.Cancellation)
            : new PlainArenaPlanning(model, settings.Cancellation);
        diagnostics.AddRange(planning.Diagnostics);

        bool keepsOwnPlan = KeepsOwnPlan(model, diagnostics);
        OrderChoice order = keepsOwnPlan ? OrderChoice.File : settings.Order;
        OrderResult[] found = Enumerable.Range(0, model.Subgraphs.Count).Select(s => Search(model, s, planning.Sizing, settings)).ToArray();
        IReadOnlyList<int>[] fileOrders = model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        IReadOnlyList<IReadOnlyList<int>[]> candidates = order == OrderChoice.File ? [fileOrders] : Candidates(found);

        List<ArenaResult> plans = keepsOwnPlan ? [planning.OwnPlan(fileOrders)] : Plans(model, planning, fileOrders, candidates, order);
        bool needsOurs = settings.Plan == PlanChoice.Auto && planning.NeedsOfflinePlan && TfliteRewriter.CanAddMetadata(model);
        ArenaResult chosen = keepsOwnPlan ? plans[0] : Choose(plans, order, needsOurs ? PlanChoice.Offline : settings.Plan);
        SubgraphResult[] subgraphs = found.Select((result, s) => ToResult(model, s, planning.Sizing, result, chosen.Orders[s])).ToArray();
        if (order == OrderChoice.Best)
            diagnostics.AddRange(subgraphs.Where(subgraph => !found[subgraph.Index].Proven).Select(NotProven));
        if (chosen.Plan == PlanChoice.Offline && !keepsOwnPlan && chosen.ArenaBytes > chosen.ArenaBoundBytes)
        {
            diagnostics.Add(Diagnostic.Warning(
                DiagnosticCodes.PlacementGap,
                $"the tensors are placed in {Quantity.Bytes(chosen.PlacementBytes)}; a lower placement was not found and not ruled out (lower bound {Quantity.Bytes(chosen.PlacementBoundBytes)})"));
        }
        // Offsets of ours set right what the interpreter's planner does not see.
        if (chosen.Plan == PlanChoice.Offline && !keepsOwnPlan)
            diagnostics.RemoveAll(diagnostic => diagnostic.Message.Contains(TflmSupport.UnseenCall));
        byte[] optimized = keepsOwnPlan ? model.Bytes : TfliteRewriter.Rewrite(model, chosen.Orders, Metadata(chosen));
        ArenaConstant constant = ConstantOf(chosen, settings);
        BoardResult? board = Fit(model, settings, subgraphs, chosen, constant, optimized.Length, diagnostics);
        return new OptimizationResult
        {
            Model = model,
            OptimizedModel = optimized,
            Subgraphs = subgraphs,
            Arena = chosen,
            Constant = constant,
            Plans = plans,
            Board = board,
            Diagnostics = diagnostics.Select(diagnostic => Weigh(diagnostic, settings)).Select(diagnostic => diagnostic.File is null ? diagnostic with { File = model.Name } : diagnostic).ToArray(),
        };
    }

    /// <summary>A plan that a vendor's compiler made together with its own operators cannot be made anew here.</summary>
    private static bool KeepsOwnPlan(TfliteModel model, List<Diagnostic> diagnostics)
    {
        if (OfflinePlan.Find(model) is null)
            return false;
        string? custom = model.Subgraphs.SelectMany(subgraph => subgraph.Operators).FirstOrDefault(o => o.IsCustom)?.Kind;
        diagnostics.Add(custom is null
            ? new Diagnostic(DiagnosticCodes.ExistingOfflinePlan, DiagnosticSeverity.Message, "the model carries an offline memory plan, which was made for its old order and is replaced")
            : Diagnostic.Warning(
                DiagnosticCodes.ExistingOfflinePlan,
                $"the model carries an offline memory plan and the custom operator {custom}, so it was planned by another tool: its order and its plan are left alone; give the model as it was before that tool to have it reordered"));
        return custom is not null;
    }

    private static OrderResult Search(TfliteModel model, int s, GraphSizing sizing, OptimizationSettings settings)
    {
        var limits = new SearchLimits
        {
            Time = settings.SearchTime,
            Cancellation = settings.Cancellation,
            Progress = settings.Progress is { } tell ? (nodes, bound) => tell(new OptimizationProgress(s, nodes, bound)) : null,
        };
        Graph graph = SubgraphGraph.Create(model, s, sizing);
        OrderResult found = OrderSearch.Search(graph, limits);
        if (sizing.GranularityBytes == ArenaPlanning.AlignmentBytes || !found.Proven || found.Alternatives.Count == 0)
            return found;
        // Among orders of equal sums, those that stay low in rounded sizes as well are better to place.
        OrderResult rounded = OrderSearch.Search(SubgraphGraph.Create(model, s, sizing with { GranularityBytes = ArenaPlanning.AlignmentBytes }), limits);
        IEnumerable<IReadOnlyList<int>> asGood = rounded.Alternatives.Prepend(rounded.Order).Where(order => MemoryMap.Of(graph, order).PeakBytes == found.PeakBytes);
        return found with { Alternatives = [.. asGood, .. found.Alternatives] };
    }

    /// <summary>The best orders to place: the first of each subgraph, then the next of each, as far as there are any.</summary>
    private static IReadOnlyList<int>[][] Candidates(OrderResult[] found) =>
        Enumerable.Range(0, 1 + found.Max(result => result.Alternatives.Count))
            .Select(i => found.Select(result => i == 0 || result.Alternatives.Count == 0 ? result.Order : result.Alternatives[Math.Min(i, result.Alternatives.Count) - 1]).ToArray())
            .ToArray();

    private static SubgraphResult ToResult(TfliteModel model, int s, GraphSizing sizing, OrderResult found, IReadOnlyList<int> order)
    {
        Graph graph = SubgraphGraph.Create(model, s, sizing);
        return new SubgraphResult
        {
            Index = s,
            Name = model.Subgraphs[s].Name,
            Graph = graph,
            Order = order,
            DefaultMap = MemoryMap.Of(graph, Enumerable.Range(0, graph.Operators.Count).ToArray()),
            Map = MemoryMap.Of(graph, order),
            LowerBoundBytes = found.LowerBoundBytes,
            SearchTime = found.Time,
            SearchNodes = found.Nodes,
        };
    }

    private static Diagnostic NotProven(SubgraphResult subgraph) => Diagnostic.Warning(
        DiagnosticCodes.OrderNotProven,
        $"the best order found for subgraph {subgraph.Index} peaks at {Quantity.Bytes(subgraph.PeakBytes)}, and no order is below {Quantity.Bytes(subgraph.LowerBoundBytes)}: {Quantity.Bytes(subgraph.PeakBytes - subgraph.LowerBoundBytes)} may be left to gain; raise SearchSeconds to look further") with
    { Subgraph = subgraph.Index };

    private static List<ArenaResult> Plans(
        TfliteModel model, ArenaPlanning planning, IReadOnlyList<int>[] fileOrders, IReadOnlyList<IReadOnlyList<int>[]> candidates, OrderChoice order)
    {
        List<ArenaResult> plans = [planning.OnDevice([fileOrders], OrderChoice.File)];
        if (order == OrderChoice.Best)
            plans.Add(planning.OnDevice(candidates, OrderChoice.Best));
        if (TfliteRewriter.CanAddMetadata(model))
            plans.Add(planning.Offline(candidates, order));
        return plans;
    }

    private static ArenaResult Choose(List<ArenaResult> plans, OrderChoice order, PlanChoice plan)
    {
        ArenaResult device = plans.Last(candidate => candidate.Order == order && candidate.Plan == PlanChoice.Device);
        ArenaResult? offline = plans.FirstOrDefault(candidate => candidate.Order == order && candidate.Plan == PlanChoice.Offline);
        if (offline is null && plan == PlanChoice.Offline)
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadMetadata, "the model's root table has fields that are newer than this project, so no offline plan can be added; use Plan=\"device\""));
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
            bool hasCalls = plans[0].Orders.Count > 1 && plans[0].Profile != "none";
            return hasCalls && plans[0].ArenaBytes < best.ArenaBytes ? plans[0] : best;
        }
    }

    private static List<(string Name, byte[] Data)> Metadata(ArenaResult arena) =>
        arena.OfflinePlan is { } plan ? [(TfliteMetadata.OfflinePlanName, plan.ToMetadata())] : [];

    private static ArenaConstant ConstantOf(ArenaResult arena, OptimizationSettings settings)
    {
        long variableBytes = settings.ResourceVariables == ResourceVariableChoice.Shared ? arena.ResourceVariableBytes : 0;
        ArenaMargin margin = settings.Margin ?? ArenaMargin.Default(arena.Exact);
        return new ArenaConstant
        {
            ArenaBytes = arena.ArenaBytes,
            ResourceVariables = settings.ResourceVariables,
            ResourceVariableBytes = variableBytes,
            MarginBytes = margin.Of(arena.ArenaBytes + variableBytes, ArenaPlanning.AlignmentBytes),
            NonPersistentBytes = WithMargin(arena.NonPersistentArenaBytes),
            PersistentBytes = WithMargin(arena.PersistentArenaBytes + (variableBytes > 0 ? arena.SplitResourceVariableBytes : 0)),
        };

        long? WithMargin(long? bytes) => bytes + (bytes is { } known ? margin.Of(known, ArenaPlanning.AlignmentBytes) : 0);
    }

    private static Diagnostic Weigh(Diagnostic diagnostic, OptimizationSettings settings) =>
        settings.IsStrict && diagnostic is { Code: DiagnosticCodes.RuntimeRefuses, Severity: DiagnosticSeverity.Warning }
            ? diagnostic with { Severity = DiagnosticSeverity.Error }
            : diagnostic;

    private static BoardResult? Fit(TfliteModel model, OptimizationSettings settings, SubgraphResult[] subgraphs, ArenaResult arena, ArenaConstant constant, long modelBytes, List<Diagnostic> diagnostics)
    {
        if (settings.Board is not { } board)
            return null;
        var fit = new BoardFit(board, constant.Bytes, modelBytes, settings.ReservedSramBytes, settings.ReservedFlashBytes)
        {
            BoardName = settings.BoardName,
            Kernels = arena.Kernels,
        };
        diagnostics.AddRange(fit.Diagnose(settings.Boards, model.Name, PeakDescription.Of(model, subgraphs)));
        return new BoardResult(board, settings.ReservedSramBytes, settings.ReservedFlashBytes, fit.Fits);
    }
}
