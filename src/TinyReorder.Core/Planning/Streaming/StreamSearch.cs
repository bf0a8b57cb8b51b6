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
    private const int MostTargets = 48;
    private const long OperatorsPlanned = 4_000;
    private const int LeastPlans = 24, MostPlans = 90;
    private const long NodesOfPlan = 40_000, BytesOfPlan = 64;

    private static readonly double[] PricesOfAPercent = [0, 40, 400, 4_000];

    private readonly TfliteModel model;
    private readonly PlanningSettings settings;
    private readonly RewriteSettings limits;
    private readonly StreamCandidates candidates;
    private readonly CandidateCover cover;
    private readonly StepHeights heights;
    private readonly Dilations dilations;
    private readonly WorkModel workModel;
    private readonly int refusalsBefore;
    private readonly Dictionary<string, CandidatePlan?> planned = new(StringComparer.Ordinal);
    private readonly List<StreamCandidate> all;
    private readonly int plans;
    private int plansLeft;
    private bool wasRefused, wasUnproven;

    /// <summary>A search for <paramref name="model"/>.</summary>
    public StreamSearch(TfliteModel model, PlanningSettings settings, RewriteSettings limits)
    {
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
        candidates = new StreamCandidates(model, heights, settings.Overlap, [.. WorkBefore.Operators.Select(op => op.Total)],
            workModel.Measure == WorkMeasure.Instructions, dilations);
        all = candidates.All();
        cover = new CandidateCover(heights, all, dilations);
        int most = (int)Math.Max(LeastPlans, Math.Min(MostPlans, OperatorsPlanned / Math.Max(1, model.Subgraphs[0].Operators.Count)));
        plansLeft = plans = limits.MostPlans is { } asked ? Math.Min(asked, most) : most;
    }

    /// <summary>Predicted work of the model as it is.</summary>
    public WorkEstimate WorkBefore { get; }

    /// <summary>Why nothing was found, in words.</summary>
    public string WhyNothing => wasRefused ? "the interpreter's version or kernels lack what a loop is built of (WHILE, DYNAMIC_UPDATE_SLICE, GATHER, SELECT_V2)"
        : wasUnproven ? RewriteOutcome.Unproven
        : all.Count == 0 ? "no region of it would hold less as a loop" : "no loop within the limits needs less";

    /// <summary>Whether a model can be rewritten at all.</summary>
    public static bool CanSearch(TfliteModel model) =>
        ModelDraft.CanDraft(model) && model.Subgraphs[0].Operators.Count > 0 && OfflinePlan.Find(model) is null;

    /// <summary>The best that was found, or null where no loop can be built within the limits.</summary>
    public CandidatePlan? Best()
    {
        CandidatePlan? best = null;
        foreach (RewriteCandidate choice in Choices())
        {
            if (plansLeft <= plans / 3)
                break;
            best = Better(best, Plan(choice));
        }
        while (best is not null && plansLeft > 0)
        {
            CandidatePlan before = best;
            foreach (RewriteCandidate neighbour in Neighbours(before.Candidate))
                best = Better(best, Plan(neighbour));
            if (best == before)
                break;
        }
        return best;
    }

    private static CandidatePlan? Better(CandidatePlan? best, CandidatePlan? other) =>
        other is not null && (best is null || other.Arena.ArenaBytes < best.Arena.ArenaBytes) ? other : best;

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

    /// <summary>
    /// The same with one region longer, shorter, with other rows a turn, or left out, and with one more; and with one more convolution dilated, or one less.
    /// </summary>
    private IEnumerable<RewriteCandidate> Neighbours(RewriteCandidate of)
    {
        foreach (int k in dilations.OfOperator.Keys.OrderByDescending(k => heights.OfOperator[k]).Take(MostTargets / 4))
        {
            if (!of.Regions.Any(region => region.Region.First <= k && k <= region.Region.Last))
                yield return of with { Dilated = of.Dilated.Contains(k) ? [.. of.Dilated.Where(other => other != k)] : [.. of.Dilated.Append(k).OrderBy(other => other)] };
        }
        for (int i = 0; i < of.Regions.Count; i++)
        {
            StreamCandidate region = of.Regions[i];
            int first = region.Region.First, last = region.Region.Last, rows = region.RowsATurn;
            bool isDilated = region.Dilated.Count > 0;
            (int First, int Last, int Rows, bool IsDilated)[] changes =
            [
                (first, last, rows, !isDilated), (first + 1, last, rows, isDilated), (first, last - 1, rows, isDilated), (first - 1, last, rows, isDilated),
                (first, last + 1, rows, isDilated), (first, last, rows * 2, isDilated), (first, last, rows / 2, isDilated),
                (first - 1, last - 1, rows, isDilated), (first + 1, last + 1, rows, isDilated),
            ];
            foreach ((int from, int to, int turn, bool dilates) in changes)
            {
                if (turn > 0 && candidates.Find(from, to, turn, dilates) is { } changed && With(of, i, changed) is { } neighbour)
                    yield return neighbour;
            }
            yield return of with { Regions = [.. of.Regions.Where(other => other != region)] };
        }
        foreach (StreamCandidate more in all.OrderBy(candidate => candidate.HeightBytes + candidate.TailBytes).Take(MostTargets))
        {
            if (With(of, -1, more) is { } neighbour)
                yield return neighbour;
        }
    }

    private static RewriteCandidate? With(RewriteCandidate of, int replaced, StreamCandidate region)
    {
        List<StreamCandidate> others = [.. of.Regions.Where((_, i) => i != replaced)];
        bool meets = others.Any(other => other.Region.First <= region.Region.Last && region.Region.First <= other.Region.Last);
        return meets ? null : new RewriteCandidate([.. others.Append(region).OrderBy(candidate => candidate.Region.First)],
            [.. of.Dilated.Where(k => k < region.Region.First || k > region.Region.Last)]);
    }

    private CandidatePlan? Plan(RewriteCandidate candidate)
    {
        if (planned.TryGetValue(candidate.Key, out CandidatePlan? known) || plansLeft <= 0 || candidate.Regions.Count + candidate.Dilated.Count == 0)
            return known;
        settings.Cancellation.ThrowIfCancellationRequested();
        return planned[candidate.Key] = PlanAnew(candidate);
    }

    private CandidatePlan? PlanAnew(RewriteCandidate candidate)
    {
        RewrittenModel rewritten = Rewritten(candidate, isSmall: false);
        if (AddedBytes(rewritten) > limits.MaxFlashBytes)
            rewritten = Rewritten(candidate, isSmall: true);
        long added = AddedBytes(rewritten);
        if (added > limits.MaxFlashBytes)
            return null;
        WorkEstimate work = workModel.Estimate(rewritten.Model, (s, t) => rewritten.Ties.GroupOf(s, t) is var group and >= 0 ? group : null,
            rewritten.TurnsOfBody);
        if (work.RatioTo(WorkBefore) > limits.MaxWork)
            return null;
        plansLeft--;
        PlanningSettings here = settings with { Rewritten = rewritten };
        ArenaPlanning planning = ModelPlanning.PlanningOf(new ModelGraphs(rewritten.Model, settings.KeepsInputs), here);
        planning.PlacementNodes = NodesOfPlan;
        if (Refusals(planning) > refusalsBefore)
        {
            wasRefused = true;
            plansLeft = 0;
            return null;
        }
        var stage = new OverlapStage(planning, new ModelShares(rewritten.Model, settings.Rules, settings.Overlap, settings.KeepsInputs), here);
        return Offline(planning, stage) is { } arena
            ? new CandidatePlan(candidate, rewritten, arena with { PeakBytes = stage.PeakBytes(arena.Orders) }, work, added) : null;
    }

    private RewrittenModel Rewritten(RewriteCandidate candidate, bool isSmall) => Rewriter.Stream(model,
        [.. candidate.Regions.Select(region => (region.Region, region.Schedule))], candidate.AllDilated, settings.KeepsInputs, isSmall);

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
