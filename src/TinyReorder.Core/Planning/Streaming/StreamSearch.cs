using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Drafts;
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
    private const int NodesOfPlan = 40_000;

    private static readonly double[] PricesOfAPercent = [0, 40, 400, 4_000];

    private readonly TfliteModel model;
    private readonly PlanningSettings settings;
    private readonly RewriteSettings limits;
    private readonly StreamCandidates candidates;
    private readonly CandidateCover cover;
    private readonly StepHeights heights;
    private readonly WorkModel workModel;
    private readonly WorkEstimate workBefore;
    private readonly int refusalsBefore;
    private readonly Dictionary<string, CandidatePlan?> planned = new(StringComparer.Ordinal);
    private readonly List<StreamCandidate> all;
    private readonly int plans;
    private int plansLeft;
    private bool wasRefused;

    /// <summary>A search for <paramref name="model"/>.</summary>
    public StreamSearch(TfliteModel model, PlanningSettings settings, RewriteSettings limits)
    {
        this.model = model;
        this.settings = settings with { Progress = null };
        this.limits = limits;
        workModel = WorkModel.OrMacs(settings.Rules);
        workBefore = workModel.Estimate(model, null, new Dictionary<int, long>());
        var graphs = new ModelGraphs(model, settings.KeepsInputs);
        ArenaPlanning planning = ModelPlanning.PlanningOf(graphs, settings);
        refusalsBefore = Refusals(planning);
        var shares = new ModelShares(model, settings.Rules, settings.Overlap, settings.KeepsInputs);
        GraphSizing sizing = planning.Sizing with { GranularityBytes = planning.AlignmentBytes, Shares = shares.Of };
        heights = new StepHeights(model.Subgraphs[0], graphs.Of(0, sizing), planning.AlignmentBytes);
        candidates = new StreamCandidates(model, heights, settings.Overlap, [.. workBefore.Operators.Select(op => op.Total)],
            workModel.Measure == WorkMeasure.Instructions);
        all = candidates.All();
        cover = new CandidateCover(heights, all);
        plansLeft = plans = (int)Math.Max(LeastPlans, Math.Min(MostPlans, OperatorsPlanned / Math.Max(1, model.Subgraphs[0].Operators.Count)));
    }

    /// <summary>Whether a model can be rewritten at all.</summary>
    public static bool CanSearch(TfliteModel model) =>
        ModelDraft.CanDraft(model) && model.Subgraphs[0].Operators.Count > 0 && OfflinePlan.Find(model) is null;

    /// <summary>Predicted work of the model as it is.</summary>
    public WorkEstimate WorkBefore => workBefore;

    /// <summary>Why nothing was found, in words.</summary>
    public string WhyNothing => wasRefused ? "the interpreter's version or kernels lack what a loop is built of (WHILE, DYNAMIC_UPDATE_SLICE, GATHER, SELECT_V2)"
        : all.Count == 0 ? "no region of it would hold less as a loop" : "no loop within the limits needs less";

    /// <summary>The best that was found, or null where no loop can be built within the limits.</summary>
    public CandidatePlan? Best()
    {
        CandidatePlan? best = null;
        foreach (List<StreamCandidate> choice in Choices())
        {
            if (plansLeft <= plans / 3)
                break;
            best = Better(best, Plan(choice));
        }
        while (best is not null && plansLeft > 0)
        {
            CandidatePlan before = best;
            foreach (List<StreamCandidate> neighbour in Neighbours(before))
                best = Better(best, Plan(neighbour));
            if (best == before)
                break;
        }
        return best;
    }

    private static CandidatePlan? Better(CandidatePlan? best, CandidatePlan? other) =>
        other is not null && (best is null || other.ArenaBytes < best.ArenaBytes) ? other : best;

    /// <summary>Covers for lower and lower heights, the most promising first.</summary>
    private IEnumerable<List<StreamCandidate>> Choices()
    {
        long[] targets = [.. heights.OfOperator.Concat(all.Select(candidate => candidate.HeightBytes)).Distinct().OrderByDescending(bytes => bytes)];
        double percent = workBefore.Total / 100;
        var found = new Dictionary<string, (double Rating, List<StreamCandidate> Choice)>(StringComparer.Ordinal);
        int step = Math.Max(1, targets.Length / MostTargets);
        for (int i = 0; i < targets.Length; i += step)
        {
            foreach (double price in PricesOfAPercent)
            {
                if (cover.Cheapest(targets[i], price / percent) is not { Count: > 0 } choice)
                    break;
                double work = choice.Sum(candidate => candidate.Work) / percent / 100;
                if (work > (limits.MaxWork - 1) * 1.5)
                    continue;
                double rating = targets[i] + choice.Sum(candidate => candidate.TailBytes);
                string key = KeyOf(choice);
                if (!found.TryGetValue(key, out (double Rating, List<StreamCandidate>) known) || rating < known.Rating)
                    found[key] = (rating, choice);
            }
        }
        return found.OrderBy(pair => pair.Value.Rating).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Choice);
    }

    /// <summary>The same regions with one of them longer, shorter, with other rows a turn, or left out, and with one more.</summary>
    private IEnumerable<List<StreamCandidate>> Neighbours(CandidatePlan plan)
    {
        for (int i = 0; i < plan.Regions.Count; i++)
        {
            StreamCandidate region = plan.Regions[i];
            int first = region.Region.First, last = region.Region.Last, rows = RowsOf(region);
            (int First, int Last, int Rows)[] changes =
            [
                (first + 1, last, rows), (first, last - 1, rows), (first - 1, last, rows), (first, last + 1, rows), (first, last, rows * 2), (first, last, rows / 2),
                (first - 1, last - 1, rows), (first + 1, last + 1, rows),
            ];
            foreach ((int from, int to, int turn) in changes)
            {
                if (turn > 0 && candidates.Find(from, to, turn) is { } changed && With(plan, i, changed) is { } neighbour)
                    yield return neighbour;
            }
            if (plan.Regions.Count > 1)
                yield return [.. plan.Regions.Where(other => other != region)];
        }
        foreach (StreamCandidate more in all.OrderBy(candidate => candidate.HeightBytes + candidate.TailBytes).Take(MostTargets))
        {
            if (With(plan, -1, more) is { } neighbour)
                yield return neighbour;
        }
    }

    private static List<StreamCandidate>? With(CandidatePlan plan, int replaced, StreamCandidate region)
    {
        List<StreamCandidate> others = [.. plan.Regions.Where((_, i) => i != replaced)];
        bool meets = others.Any(other => other.Region.First <= region.Region.Last && region.Region.First <= other.Region.Last);
        return meets ? null : [.. others.Append(region).OrderBy(candidate => candidate.Region.First)];
    }

    private static int RowsOf(StreamCandidate candidate) =>
        candidate.Schedule.RowsATurn(candidate.Region.Subgraph.Operators[candidate.Region.Last].Outputs[0]);

    private static string KeyOf(IEnumerable<StreamCandidate> regions) =>
        string.Join(" ", regions.Select(region => $"{region.Region.First}-{region.Region.Last}:{RowsOf(region)}"));

    private CandidatePlan? Plan(List<StreamCandidate> regions)
    {
        string key = KeyOf(regions);
        if (planned.TryGetValue(key, out CandidatePlan? known) || plansLeft <= 0)
            return known;
        settings.Cancellation.ThrowIfCancellationRequested();
        return planned[key] = PlanAnew(regions);
    }

    private CandidatePlan? PlanAnew(List<StreamCandidate> regions)
    {
        RewrittenModel rewritten = Rewriter.Stream(model, [.. regions.Select(region => (region.Region, region.Schedule))]);
        WorkEstimate work = workModel.Estimate(rewritten.Model, (s, t) => rewritten.Ties.GroupOf(s, t) is var group and >= 0 ? group : null, rewritten.TurnsOfBody);
        long metadataBytes = 64 + (4L * rewritten.Model.Subgraphs.Sum(subgraph => subgraph.Tensors.Count));
        long added = rewritten.Model.Bytes.Length - model.Bytes.Length + metadataBytes;
        if (work.RatioTo(workBefore) > limits.MaxWork || added > limits.MaxFlashBytes)
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
        return planning.Offline(stage.Candidates, OrderChoice.Best, stage.Shares, stage.BoundBytes) is { } arena
            ? new CandidatePlan(regions, rewritten, arena.ArenaBytes, work, added) : null;
    }

    private static int Refusals(ArenaPlanning planning) => planning.Diagnose()
        .Count(diagnostic => diagnostic.Code is DiagnosticCodes.RuntimeRefuses or DiagnosticCodes.UnknownOperator);
}
