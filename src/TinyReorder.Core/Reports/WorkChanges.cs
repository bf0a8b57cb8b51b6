using TinyReorder.Planning.Streaming;
using TinyReorder.Rewrites;
using TinyReorder.Work;

namespace TinyReorder.Reports;

/// <summary>Where the work goes that a rewrite adds, by operator of the original.</summary>
internal static class WorkChanges
{
    // Rounding of sums is no change.
    private const double Least = 0.5;

    /// <summary>
    /// Every operator that runs in a loop or whose work is another, in the original's order, and behind the last one of each loop what that takes for itself.
    /// Empty where the model has no loops.
    /// </summary>
    public static IReadOnlyList<WorkChange> Of(RewriteOutcome rewrite)
    {
        if (rewrite.WorkBefore is not { } before || rewrite.WorkAfter is not { } after || rewrite.Plan is null || rewrite.Origins.Count == 0)
            return [];
        var itself = new Dictionary<int, double>();
        var around = new Dictionary<int, double>();
        var loopOf = new Dictionary<int, int>();
        double[] ofLoop = new double[rewrite.Regions.Count + 1];
        foreach (OperatorWork work in after.Operators)
        {
            int? loop = LoopReport.Find(rewrite.Regions, work.Subgraph)?.Number ?? LoopReport.FindBands(rewrite.Regions, work.Subgraph, work.Operator);
            OperatorOrigin? origin = rewrite.Origins[work.Subgraph][work.Operator];
            if (origin is null)
            {
                ofLoop[loop ?? LoopOf(rewrite, work) ?? 0] += work.Total;
                continue;
            }
            Dictionary<int, double> sums = origin.IsItself ? itself : around;
            sums[origin.Operator] = work.Total + (sums.TryGetValue(origin.Operator, out double known) ? known : 0);
            if (loop is { } number)
                loopOf[origin.Operator] = number;
        }
        WorkChange[] changes = [.. before.Operators.OrderBy(work => work.Operator).Select(work => new WorkChange(work.Operator, work.Kind,
            loopOf.TryGetValue(work.Operator, out int loop) ? loop : null, work.Total, ValueOf(itself, work.Operator), ValueOf(around, work.Operator)))];
        IEnumerable<WorkChange> loops = Enumerable.Range(0, rewrite.Regions.Count).Where(k => rewrite.Regions[k].Body is not null)
            .Select(k => new WorkChange(null, WorkChange.LoopKind, k + 1, 0, 0, ofLoop[k + 1]));
        return [.. changes.Where(change => change.Loop is not null || Math.Abs(change.Added) >= Least).Concat(loops)
            .OrderBy(change => change.Operator ?? changes.Where(other => other.Loop == change.Loop).Max(other => other.Operator))
            .ThenBy(change => change.Operator is null)];
    }

    /// <summary>The loop that an operator of the main subgraph belongs to: the next one that begins there, itself included.</summary>
    private static int? LoopOf(RewriteOutcome rewrite, OperatorWork work)
    {
        int loop = 1 + rewrite.Origins[work.Subgraph].Take(work.Operator)
            .Select((origin, k) => (Origin: origin, Kind: rewrite.WorkAfter!.Operators[k].Kind))
            .Count(op => op.Origin is null && op.Kind == "WHILE");
        int[] loops = [.. Enumerable.Range(1, rewrite.Regions.Count).Where(k => rewrite.Regions[k - 1].Body is not null)];
        return loop <= loops.Length ? loops[loop - 1] : null;
    }

    private static double ValueOf(Dictionary<int, double> sums, int op) => sums.TryGetValue(op, out double value) ? value : 0;
}
