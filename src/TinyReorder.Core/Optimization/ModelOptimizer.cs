using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Scheduling;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Optimization;

/// <summary>The single door to everything: from a model to its cheapest order, its plan, its arena and its place on a board.</summary>
internal static class ModelOptimizer
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

    /// <summary>The same with every word of a request understood.</summary>
    internal static OptimizationResult Optimize(TfliteModel model, OptimizationSettings settings)
    {
        ModelPlan today = ModelPlanning.Plan(model, settings.Planning);
        RewriteOutcome? rewrite = settings.Rewrite.Choice == RewriteChoice.Off ? null : RewriteOutcome.Of(model, today, settings.Planning, settings.Rewrite);
        ModelPlan plan = rewrite?.Plan ?? today;
        var diagnostics = new List<Diagnostic>([.. settings.Diagnostics, .. plan.Diagnostics.Select(diagnostic => OfOriginal(diagnostic, today, rewrite))]);
        byte[] optimized = plan.KeepsFile ? plan.Model.Bytes : TfliteRewriter.Rewrite(plan.Model, plan.Chosen.Orders, Metadata(plan.Chosen));
        (ArenaResult chosen, IReadOnlyList<ArenaResult> plans) = MeasuredPlans.Of(plan.Chosen, optimized, plan == today ? today.Plans : [.. today.Plans, plan.Chosen], model.Bytes, settings.Planning.Profile);
        diagnostics.AddRange(MeasuredPlans.Diagnose(chosen, settings.Planning.Profile));
        ArenaConstant constant = ConstantOf(chosen, [.. plan.Planning.Elsewhere(chosen)], plan.Planning.LeastArenaBytes(chosen), settings);
        SubgraphResult[] subgraphs = plan.Stage.Found.Select((found, s) => ToResult(plan, s, found)).ToArray();
        if (plan != today)
            subgraphs[0] = subgraphs[0] with { OriginalPeakBytes = today.AsItIs.PeakBytes(today.Plans[0].Orders) };
        BoardResult? board = Fit(model, settings, subgraphs, chosen, constant, optimized.Length, diagnostics);
        return new OptimizationResult
        {
            Model = model,
            PlannedModel = plan.Model,
            OptimizedModel = optimized,
            Rewrite = rewrite,
            Subgraphs = subgraphs,
            Arena = chosen,
            Constant = constant,
            KeepsInputs = settings.Planning.KeepsInputs,
            Profile = settings.Planning.Profile,
            Plans = plans,
            Board = board,
            MostOverlap = settings.Planning.Overlap,
            Hints = settings.Planning.Runtime is null ? [] : RuntimeHints.Of(settings, chosen, plans),
            CrashesOnShortArena = settings.Planning.Runtime?.Release?.CrashesOnShortArena ?? false,
            Diagnostics = diagnostics.Select(diagnostic => Weigh(diagnostic, settings))
                .Select(diagnostic => diagnostic.File is null ? diagnostic with { File = model.Name } : diagnostic).ToArray(),
        };
    }

    /// <summary>The same diagnostic as it is told of the original, where operators of a simplified model have other indices there.</summary>
    private static Diagnostic OfOriginal(Diagnostic diagnostic, ModelPlan today, RewriteOutcome? rewrite) =>
        diagnostic.Operator is { } op && rewrite?.OriginalOperators?[diagnostic.Subgraph ?? 0] is { } original && op < original.Count
            ? today.Diagnostics.FirstOrDefault(known =>
                known.Code == diagnostic.Code && known.Subgraph == diagnostic.Subgraph && known.Operator == original[op]) ?? diagnostic
            : diagnostic;

    private static SubgraphResult ToResult(ModelPlan plan, int s, OrderResult found)
    {
        Graph graph = plan.Stage.Graphs[s], asItIs = plan.AsItIs.Graphs[s];
        return new SubgraphResult
        {
            Index = s,
            Name = plan.Model.Subgraphs[s].Name,
            Graph = graph,
            DefaultGraph = asItIs,
            Order = plan.Chosen.Orders[s],
            DefaultMap = MemoryMap.Of(asItIs, Enumerable.Range(0, graph.Operators.Count).ToArray()),
            Map = MemoryMap.Of(graph, plan.Chosen.Orders[s]),
            LowerBoundBytes = found.LowerBoundBytes,
            SearchTime = found.Time,
            SearchNodes = found.Nodes,
        };
    }

    private static List<(string Name, byte[] Data)> Metadata(ArenaResult arena) =>
        arena.OfflinePlan is { } plan ? [(TfliteMetadata.OfflinePlanName, plan.ToMetadata())] : [];

    private static ArenaConstant ConstantOf(ArenaResult arena, ArenaResult[] elsewhere, long leastBytes, OptimizationSettings settings)
    {
        bool isShared = settings.ResourceVariables == ResourceVariableChoice.Shared;
        long variableBytes = isShared ? arena.ResourceVariableBytes : 0;
        long most = elsewhere.Append(arena).Max(result => result.ArenaBytes + (isShared ? result.ResourceVariableBytes : 0));
        ArenaMargin margin = settings.Margin ?? ArenaMargin.Default(arena.AllocationIsExact);
        long marginBytes = margin.Of(most, arena.AlignmentBytes);
        long least = most - arena.ArenaBytes + leastBytes;
        least += settings.Margin?.Of(least, arena.AlignmentBytes) ?? 0;
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
            LendableBytes = Lendable(),
            NonPersistentBytes = Largest(result => result.NonPersistentArenaBytes),
            PersistentBytes = Largest(result => result.PersistentArenaBytes + (isShared ? result.SplitResourceVariableBytes : 0)),
        };

        // What is kept lies at the arena's end, whatever its size, and all that lies below is written anew by each inference.
        long? Lendable()
        {
            ArenaResult[] all = [.. elsewhere, arena];
            if (!arena.HasRuntime || settings.Planning.KeepsInputs || all.Any(result => result.IsMeasured || !result.AllocationIsExact))
                return null;
            long bytes = most + marginBytes - all.Max(result => result.PersistentBytes + (isShared ? result.ResourceVariableBytes : 0));
            return bytes - (bytes % arena.AlignmentBytes);
        }

        long? Largest(Func<ArenaResult, long?> part) =>
            part(arena) is null ? null : elsewhere.Append(arena).Max(part) is { } bytes ? bytes + margin.Of(bytes, arena.AlignmentBytes) : null;
    }

    private static Diagnostic Weigh(Diagnostic diagnostic, OptimizationSettings settings) =>
        settings.IsStrict && diagnostic is { Code: DiagnosticCodes.RuntimeRefuses, Severity: DiagnosticSeverity.Warning }
            ? diagnostic with { Severity = DiagnosticSeverity.Error }
            : diagnostic;

    private static BoardResult? Fit(TfliteModel model, OptimizationSettings settings, SubgraphResult[] subgraphs, ArenaResult arena, ArenaConstant constant,
        long modelBytes, List<Diagnostic> diagnostics)
    {
        if (settings.Board is not { } board)
            return null;
        IReadOnlyList<ArenaPlace> places = ArenaPlace.Of(board, Parts(settings, constant), settings.ReservedSramBytes);
        bool fits = true;
        foreach (ArenaPlace place in places)
        {
            bool isFirst = place == places[0];
            var fit = new BoardFit(board, place.ArenaBytes, isFirst ? modelBytes : 0, settings.ReservedSramBytes, isFirst ? settings.ReservedFlashBytes : 0)
            {
                BoardName = settings.BoardName,
                Kernels = arena.Kernels,
                AllowanceBytes = constant.AllowanceBytes,
                Region = place.Region,
                Style = settings.Style,
                Option = isFirst ? "ArenaRegion" : "PersistentRegion",
            };
            if (fit.SramMissingBytes > 0 && settings.PersistentRegion is null)
            {
                string?[] advice = [settings.GivesAdvice ? BoardAdvice.Of(model, settings, board) : null, SplitAdvice.Of(board, constant, settings)];
                fit = fit with { Advice = advice.All(sentence => sentence is null) ? null : string.Join(" ", advice.OfType<string>()) };
            }
            diagnostics.AddRange(fit.Diagnose(settings.Boards, model.Name, isFirst ? PeakDescription.Of(model, subgraphs) : null));
            fits &= fit.Fits;
        }
        return new BoardResult(board, settings.ReservedSramBytes, settings.ReservedFlashBytes, fits, places) { PersistentRegion = settings.PersistentRegion };
    }

    /// <summary>The parts of the arena with the memories that they lie in: one, or two where the program gives two arenas.</summary>
    private static (MemoryRegion Region, long Bytes)[] Parts(OptimizationSettings settings, ArenaConstant constant)
    {
        MemoryRegion region = settings.Region!;
        if (settings.PersistentRegion is not { } persistent)
            return [(region, constant.Bytes)];
        return constant is { NonPersistentBytes: { } tensors, PersistentBytes: { } kept } ? [(region, tensors), (persistent, kept)]
            : throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption, $"{settings.Style.Name("PersistentRegion")} is "
                + $"'{persistent.Name}', but how large each of two arenas is is not known here; leave it out"));
    }
}
