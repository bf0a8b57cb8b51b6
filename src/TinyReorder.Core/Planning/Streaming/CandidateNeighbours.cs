using TinyReorder.Rewrites.Regions;

namespace TinyReorder.Planning.Streaming;

/// <summary>What lies next to a candidate: it differs in one region or one convolution.</summary>
internal sealed class CandidateNeighbours(StepHeights heights, Dilations dilations, StreamCandidates candidates, IReadOnlyList<StreamCandidate> all)
{
    private const int MostDilated = 12, MostSteps = 3, MostAdded = 16;

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
        var everything = new HashSet<int>(Enumerable.Range(0, heights.OfOperator.Count));
        RewriteCandidate leanest = Leanest(of, everything);
        for (int i = 0; i < of.Regions.Count; i++)
        {
            StreamCandidate region = of.Regions[i];
            int first = region.Region.First, last = region.Region.Last, rows = region.RowsATurn;
            bool isDilated = region.Dilated.Count > 0;
            TurnForm form = region.Schedule.Form;
            (int First, int Last, int Rows, bool IsDilated)[] changes =
            [
                (first, last, rows, !isDilated), (first + 1, last, rows, isDilated), (first, last - 1, rows, isDilated), (first - 1, last, rows, isDilated),
                (first, last + 1, rows, isDilated), .. candidates.OtherRows(region).Select(other => (first, last, other, isDilated)),
                (first - 1, last - 1, rows, isDilated), (first + 1, last + 1, rows, isDilated), (first, last, rows, isDilated),
            ];
            // What was carried stays so, or all is computed again, or nothing.
            TurnForm[] forms = [form, new TurnForm(everything, form.Cut), TurnForm.Carried];
            IEnumerable<TurnForm> toggled = TurnSchedule.MayComputeAgain(region.Region).Select(k => form with { Again = Toggled(form.Again, k) })
                .Concat(TurnSchedule.MayBeCut(region.Region).SelectMany(k => new[]
                {
                    form with { Cut = Toggled(form.Cut, k) },
                    new TurnForm(everything, Toggled(form.Cut, k)),
                }));
            IEnumerable<StreamCandidate?> changed = toggled.Select(other => candidates.Find(first, last, rows, isDilated, other))
                .Concat(forms.SelectMany(other => changes
                    .Select(change => candidates.Find(change.First, change.Last, change.Rows, change.IsDilated, other))));
            foreach (StreamCandidate other in changed.OfType<StreamCandidate>())
            {
                if (With(of, i, other) is { } neighbour)
                    yield return neighbour;
            }
            yield return of with { Regions = [.. of.Regions.Where(other => other != region)] };
        }
        // One more helps most where the highest step is that is left.
        IEnumerable<int> highest = Enumerable.Range(0, heights.OfOperator.Count)
            .Where(k => !of.Regions.Any(region => region.Region.First <= k && k <= region.Region.Last))
            .OrderByDescending(k => of.Dilated.Contains(k) ? dilations.OfOperator[k] : heights.OfOperator[k]).Take(MostSteps);
        IEnumerable<StreamCandidate> added = highest.SelectMany(k => all.Where(candidate => candidate.Region.First <= k && k <= candidate.Region.Last)
            .OrderBy(candidate => candidate.HeightBytes + candidate.TailBytes).Take(MostAdded)).Distinct();
        foreach (StreamCandidate more in added)
        {
            foreach (RewriteCandidate beside in new[] { of, leanest }.Distinct())
            {
                if (With(beside, -1, more) is { } neighbour)
                    yield return neighbour;
            }
        }
    }

    /// <summary>The same with all rows computed again, which holds least beside a loop's rows.</summary>
    private RewriteCandidate Leanest(RewriteCandidate of, ISet<int> everything) => of with
    {
        Regions = [.. of.Regions.Select(region => candidates.Find(region.Region.First, region.Region.Last, region.RowsATurn, region.Dilated.Count > 0,
            new TurnForm(everything, region.Schedule.Form.Cut)) ?? region)],
    };

    private static HashSet<int> Toggled(ISet<int> of, int k) => [.. of.Contains(k) ? of.Where(other => other != k) : of.Append(k)];

    private static RewriteCandidate? With(RewriteCandidate of, int replaced, StreamCandidate region)
    {
        List<StreamCandidate> others = [.. of.Regions.Where((_, i) => i != replaced)];
        bool meets = others.Any(other => other.Region.First <= region.Region.Last && region.Region.First <= other.Region.Last);
        return meets ? null : new RewriteCandidate([.. others.Append(region).OrderBy(candidate => candidate.Region.First)],
            [.. of.Dilated.Where(k => k < region.Region.First || k > region.Region.Last)]);
    }
}
