using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Work;

namespace TinyReorder.Planning.Streaming;

/// <summary>
/// Looks for the regions whose loops leave the model with the smallest arena within the work and the flash that are allowed: covers ranked by rough figures,
/// the best of them planned exactly, then their neighbours. The budget is a number of plans, so that it ends alike on every machine.
/// </summary>
internal sealed class StreamSearch
{
    private const string CmsisKernels = "cmsis-nn";
    private const int MostTargets = 48;
    private const long OperatorsPlanned = 12_000;
    private const int LeastPlans = 60, MostPlans = 200, CostOfPlan = 4, CostOfBound = 1, MostStarts = 3;
    private const long NodesOfPlan = 6_000, BytesOfPlan = 64;

    private static readonly double[] PricesOfAPercent = [0, 40, 400, 4_000];

    private readonly TfliteModel model;
    private readonly PlanningSettings settings;
    private readonly RewriteSettings limits;
    private readonly CandidateCover cover;
    private readonly StepHeights heights;
    private readonly Dilations dilations;
    private readonly WorkModel workModel;
    private readonly int refusalsBefore;
    private readonly Dictionary<string, (CandidatePlan? Plan, long BelowBytes)> planned = new(StringComparer.Ordinal);
    private readonly List<StreamCandidate> all;
    private readonly CandidateNeighbours neighbours;
    private readonly int plans;
    private readonly long usefulBelowBytes;
    private int plansLeft;
    private readonly bool inBands;
    private bool wasRefused, wasUnproven;

    /// <summary>A search for <paramref name="model"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">How it is planned.</param>
    /// <param name="limits">What a rewrite may cost.</param>
    /// <param name="usefulBelowBytes">The arena that it has without loops.</param>
    /// <param name="inBands">Whether regions are made in bands, without control flow.</param>
    public StreamSearch(TfliteModel model, PlanningSettings settings, RewriteSettings limits, long usefulBelowBytes = long.MaxValue, bool inBands = false)
    {
        this.usefulBelowBytes = usefulBelowBytes;
        this.inBands = inBands;
        this.model = model;
        this.settings = settings with { Progress = null };
        this.limits = limits;
        workModel = WorkModel.OrMacs(settings.Rules);
        WorkBefore = workModel.Estimate(model, null, new Dictionary<int, long>());
        var graphs = new ModelGraphs(model, settings.KeepsInputs);
        ArenaPlanning planning = ModelPlanning.PlanningOf(graphs, settings);
        refusalsBefore = Refusals(planning);
        heights = Heights(model, graphs, planning);
        dilations = FindDilations();
        var candidates = new StreamCandidates(model, heights, settings.Overlap, [.. WorkBefore.Operators.Select(op => op.Total)],
            workModel.Measure == WorkMeasure.Instructions, dilations, inBands, SumsWeights);
        all = candidates.All();
        cover = new CandidateCover(heights, all, dilations);
        neighbours = new CandidateNeighbours(heights, dilations, candidates, all);
        int most = (int)Math.Max(LeastPlans, Math.Min(MostPlans, OperatorsPlanned / Math.Max(1, model.Subgraphs[0].Operators.Count)));
        plansLeft = plans = CostOfPlan * (limits.MostPlans is { } asked ? Math.Min(asked, most) : most);
    }

    /// <summary>Whether kernels do work in each call that the measure of work does not count.</summary>
    private bool SumsWeights => workModel.Measure == WorkMeasure.Macs && settings.Rules.KernelLibrary.StartsWith(CmsisKernels, StringComparison.Ordinal);

    /// <summary>Predicted work of the model as it is.</summary>
    public WorkEstimate WorkBefore { get; }

    /// <summary>The bytes of tensors and scratch that no choice of regions holds less of at once; null where there are too many to look at.</summary>
    public long? LowerBoundBytes => new CoverBound(model, heights, dilations, settings.Overlap).Bytes();

    /// <summary>Why nothing was found, in words.</summary>
    public string WhyNothing => wasRefused && inBands ? "the interpreter's version or kernels lack what bands are built of (SLICE, CONCATENATION, PAD)"
        : wasRefused ? "the interpreter's version or kernels lack what a loop is built of (WHILE, DYNAMIC_UPDATE_SLICE, GATHER, SELECT_V2)"
        : wasUnproven ? RewriteOutcome.Unproven
        : inBands ? all.Count == 0 ? "no region of it would hold less in bands, and the interpreter cannot run loops"
            : "no bands within the limits need less, and the interpreter cannot run loops"
        : all.Count == 0 ? "no region of it would hold less as a loop" : "no loop within the limits needs less";

    /// <summary>Whether a model can be rewritten at all.</summary>
    public static bool CanSearch(TfliteModel model) =>
        ModelDraft.CanDraft(model) && model.Subgraphs[0].Operators.Count > 0 && OfflinePlan.Find(model) is null;

    /// <summary>
    /// Whether the interpreter takes a loop over rows of this model; also where no operator of it could run in one, unless that is for its 16 bits.
    /// </summary>
    public static bool RunsLoops(TfliteModel model, PlanningSettings settings)
    {
        int refusals = Refusals(ModelPlanning.PlanningOf(new ModelGraphs(model, settings.KeepsInputs), settings));
        bool hasShorts = false;
        for (int k = 0; k < model.Subgraphs[0].Operators.Count; k++)
        {
            foreach (int axis in new[] { RowOperators.Height, RowOperators.Width })
            {
                if (Region.Of(model, k, k, axis) is not { } region)
                    continue;
                hasShorts |= region.HasShorts;
                if (TurnSchedule.Of(region, 1) is not { } schedule)
                    continue;
                TfliteModel loop = Rewriter.Stream(model, [(region, schedule)]).Model;
                return Refusals(ModelPlanning.PlanningOf(new ModelGraphs(loop, settings.KeepsInputs), settings)) <= refusals;
            }
        }
        return !hasShorts;
    }

    /// <summary>The best that was found, or null where no loop can be built within the limits.</summary>
    /// <param name="known">A plan within the limits that was found before; null for none.</param>
    public CandidatePlan? Best(CandidatePlan? known = null)
    {
        List<CandidatePlan> starts = known is null ? [] : [known];
        foreach (RewriteCandidate choice in Choices())
        {
            if (plansLeft <= plans * 2 / 3)
                break;
            if (Plan(choice, usefulBelowBytes) is { } start)
                starts.Add(start);
        }
        CandidatePlan? best = null;
        // Sorting keeps the order of equal ones.
        CandidatePlan[] first = [.. starts.OrderBy(start => start.Arena.ArenaBytes).Take(MostStarts)];
        for (int i = 0; i < first.Length; i++)
        {
            CandidatePlan found = Climb(first[i], plansLeft - (plansLeft / (first.Length - i)));
            if (best is null || found.Arena.ArenaBytes < best.Arena.ArenaBytes)
                best = found;
        }
        return best;
    }

    /// <summary>Goes from one candidate to the next that is lower until none is or plans have come down to <paramref name="plansKept"/>.</summary>
    private CandidatePlan Climb(CandidatePlan from, int plansKept)
    {
        CandidatePlan? lower = from;
        while (lower is not null)
        {
            from = lower;
            lower = neighbours.Of(from.Candidate).TakeWhile(_ => plansLeft > plansKept)
                .Select(neighbour => Plan(neighbour, from.Arena.ArenaBytes)).FirstOrDefault(plan => plan?.Arena.ArenaBytes < from.Arena.ArenaBytes);
        }
        return from;
    }

    private StepHeights Heights(TfliteModel of, ModelGraphs graphs, ArenaPlanning planning)
    {
        var shares = new ModelShares(of, settings.Rules, settings.Overlap, settings.KeepsInputs);
        GraphSizing sizing = planning.Sizing with { GranularityBytes = planning.AlignmentBytes, Shares = shares.Of };
        return new StepHeights(of.Subgraphs[0], graphs.Of(0, sizing), planning.AlignmentBytes);
    }

    /// <summary>Dilation brings something where the kernels share nothing in a product of matrices, and something in windows.</summary>
    private Dilations FindDilations()
    {
        TfliteSubgraph subgraph = model.Subgraphs[0];
        var possible = new HashSet<int>(subgraph.Operators.Where(op => PixelConvolutions.MayBeDilated(subgraph, op)).Select(op => op.Index));
        if (possible.Count == 0)
            return Dilations.None;
        TfliteModel dilated = Rewriter.Stream(model, [], possible).Model;
        var graphs = new ModelGraphs(dilated, settings.KeepsInputs);
        StepHeights then = Heights(dilated, graphs, ModelPlanning.PlanningOf(graphs, settings));
        var ofOperator = possible.Where(k => then.OfOperator[k] < heights.OfOperator[k]).ToDictionary(k => k, k => then.OfOperator[k]);
        WorkEstimate work = workModel.Estimate(dilated, null, new Dictionary<int, long>());
        return new Dilations(ofOperator, [.. work.Operators.Select((op, k) => op.Total - WorkBefore.Operators[k].Total)]);
    }

    /// <summary>Covers for lower and lower heights, the most promising first.</summary>
    private IEnumerable<RewriteCandidate> Choices()
    {
        long[] targets = [.. heights.OfOperator.Concat(all.Select(candidate => candidate.HeightBytes)).Concat(dilations.OfOperator.Values).Distinct()
            .OrderByDescending(bytes => bytes)];
        double percent = WorkBefore.Total / 100;
        var found = new Dictionary<string, (double Rating, RewriteCandidate Choice)>(StringComparer.Ordinal);
        int step = Math.Max(1, targets.Length / MostTargets);
        for (int i = 0; i < targets.Length; i += step)
        {
            foreach (double price in PricesOfAPercent)
            {
                if (cover.Cheapest(targets[i], price / percent) is not { } choice || choice.Regions.Count + choice.Dilated.Count == 0)
                    break;
                double work = (choice.Regions.Sum(candidate => candidate.Work) + choice.Dilated.Sum(k => dilations.Work[k])) / percent / 100;
                if (work > (limits.MaxWork - 1) * 1.5)
                    continue;
                double rating = targets[i] + choice.Regions.Sum(candidate => candidate.TailBytes);
                if (!found.TryGetValue(choice.Key, out (double Rating, RewriteCandidate) known) || rating < known.Rating)
                    found[choice.Key] = (rating, choice);
            }
        }
        return found.OrderBy(pair => pair.Value.Rating).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Choice);
    }

    /// <summary>The plan of a candidate, where it is below <paramref name="belowBytes"/>.</summary>
    private CandidatePlan? Plan(RewriteCandidate candidate, long belowBytes)
    {
        bool isKnown = planned.TryGetValue(candidate.Key, out (CandidatePlan? Plan, long BelowBytes) known) && (known.Plan is not null || known.BelowBytes >= belowBytes);
        if (isKnown || plansLeft <= 0 || candidate.Regions.Count + candidate.Dilated.Count == 0)
            return known.Plan;
        settings.Cancellation.ThrowIfCancellationRequested();
        CandidatePlan? plan = PlanAnew(candidate, belowBytes);
        planned[candidate.Key] = (plan, belowBytes);
        return plan;
    }

    private CandidatePlan? PlanAnew(RewriteCandidate candidate, long belowBytes)
    {
        if (WithinLimits(candidate) is not var (rewritten, work, added))
            return null;
        PlanningSettings here = settings with { Rewritten = rewritten };
        ArenaPlanning planning = ModelPlanning.PlanningOf(new ModelGraphs(rewritten.Model, settings.KeepsInputs), here);
        planning.PlacementNodes = NodesOfPlan;
        planning.UsefulBelowBytes = belowBytes;
        if (Refusals(planning) > refusalsBefore)
        {
            wasRefused = true;
            // A loop is of the same operators wherever it is; bands may only be too many for their join.
            plansLeft = inBands ? plansLeft - CostOfBound : 0;
            return null;
        }
        var stage = new OverlapStage(planning, new ModelShares(rewritten.Model, settings.Rules, settings.Overlap, settings.KeepsInputs), here);
        ArenaResult? found = Offline(planning, stage);
        // One that cannot be lower is told soon.
        plansLeft -= found is null ? CostOfBound : CostOfPlan;
        return found is { } arena
            ? new CandidatePlan(candidate, rewritten, arena with { PeakBytes = stage.PeakBytes(arena.Orders) }, work, added) : null;
    }

    /// <summary>The rewritten model in the style of the least arena that is within the limits of flash and work; null where none is.</summary>
    private (RewrittenModel Rewritten, WorkEstimate Work, long AddedBytes)? WithinLimits(RewriteCandidate candidate)
    {
        bool hasFlatRows = candidate.Regions.Any(region => region.Region.RowTensors.Any(t => region.Region.Subgraph.Tensors[t].Shape[3] == 1));
        foreach (bool isFast in hasFlatRows ? new[] { false, true } : [false])
        {
            RewrittenModel rewritten = Rewritten(candidate, new LoopStyle(IsSmall: false, isFast));
            if (AddedBytes(rewritten) > limits.MaxFlashBytes)
                rewritten = Rewritten(candidate, new LoopStyle(IsSmall: true, isFast));
            long added = AddedBytes(rewritten);
            // What is fast is larger.
            if (added > limits.MaxFlashBytes)
                return null;
            WorkEstimate work = workModel.Estimate(rewritten.Model, (s, t) => rewritten.Ties.GroupOf(s, t) is var group and >= 0 ? group : null,
                rewritten.TurnsOfBody);
            if (work.RatioTo(WorkBefore) <= limits.MaxWork)
                return (rewritten, work, added);
        }
        return null;
    }

    private RewrittenModel Rewritten(RewriteCandidate candidate, LoopStyle style) => Rewriter.Stream(model,
        [.. candidate.Regions.Select(region => (region.Region, region.Schedule))], candidate.AllDilated, settings.KeepsInputs, style);

    /// <summary>What the file grows by, the offsets of a plan included.</summary>
    private long AddedBytes(RewrittenModel rewritten) => rewritten.Model.Bytes.Length - model.Bytes.Length + BytesOfPlan
        + (4L * rewritten.Model.Subgraphs.Sum(subgraph => subgraph.Tensors.Count));

    private ArenaResult? Offline(ArenaPlanning planning, OverlapStage stage)
    {
        try
        {
            return planning.Offline(stage.Candidates, OrderChoice.Best, stage.Shares, stage.BoundBytes);
        }
        catch (TinyReorderException e) when (e.Diagnostic.Code == DiagnosticCodes.PlanRejected)
        {
            wasUnproven = true;
            return null;
        }
    }

    private static int Refusals(ArenaPlanning planning) => planning.Diagnose()
        .Count(diagnostic => diagnostic.Code is DiagnosticCodes.RuntimeRefuses or DiagnosticCodes.UnknownOperator);
}
