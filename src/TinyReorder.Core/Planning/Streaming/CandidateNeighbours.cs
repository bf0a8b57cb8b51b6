using TinyReorder.Rewrites.Regions;

namespace TinyReorder.Planning.Streaming;

/// <summary>What lies next to a candidate: it differs in one region or one convolution.</summary>
internal sealed class CandidateNeighbours(StepHeights heights, Dilations dilations, StreamCandidates candidates, IReadOnlyList<StreamCandidate> all)
{
    private const int MostDilated = 12, MostAdded = 48;

    /// <summary>
    /// The same with one region longer, shorter, with other rows a turn, or left out, and with one more; and with one more convolution dilated, or one less.
    /// </summary>
    public IEnumerable<RewriteCandidate> Of(RewriteCandidate of)
    {
        foreach (int k in dilations.OfOperator.Keys.OrderByDescending(k => heights.OfOperator[k]).Take(MostDilated))
        {
            if (!of.Regions.Any(region => region.Region.First <= k && k <= region.Region.Last))
                yield return of with { Dilated = of.Dilated.Contains(k) ? [.. of.Dilated.Where(other => other != k)] : [.. of.Dilated.Append(k).OrderBy(other => other)] };
        }
        for (int i = 0; i < of.Regions.Count; i++)
        {
            StreamCandidate region = of.Regions[i];
            int first = region.Region.First, last = region.Region.Last, rows = region.RowsATurn;
            bool isDilated = region.Dilated.Count > 0;
            int[] again = [.. region.Schedule.Again];
            (int First, int Last, int Rows, bool IsDilated)[] changes =
            [
                (first, last, rows, !isDilated), (first + 1, last, rows, isDilated), (first, last - 1, rows, isDilated), (first - 1, last, rows, isDilated),
                (first, last + 1, rows, isDilated), (first, last, rows * 2, isDilated), (first, last, rows / 2, isDilated),
                (first - 1, last - 1, rows, isDilated), (first + 1, last + 1, rows, isDilated), (first, last, rows, isDilated),
            ];
            // What was carried stays so, or all is computed again, or nothing.
            int[][] forms = [again, [.. Enumerable.Range(0, heights.OfOperator.Count)], []];
            IEnumerable<StreamCandidate?> changed = TurnSchedule.MayComputeAgain(region.Region)
                .Select(k => candidates.Find(first, last, rows, isDilated, again.Contains(k) ? again.Where(other => other != k) : again.Append(k)))
                .Concat(forms.SelectMany(form => changes.Where(change => change.Rows > 0)
                    .Select(change => candidates.Find(change.First, change.Last, change.Rows, change.IsDilated, form))));
            foreach (StreamCandidate other in changed.OfType<StreamCandidate>())
            {
                if (With(of, i, other) is { } neighbour)
                    yield return neighbour;
            }
            yield return of with { Regions = [.. of.Regions.Where(other => other != region)] };
        }
        foreach (StreamCandidate more in all.OrderBy(candidate => candidate.HeightBytes + candidate.TailBytes).Take(MostAdded))
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
}
