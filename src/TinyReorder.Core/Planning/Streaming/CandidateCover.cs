namespace TinyReorder.Planning.Streaming;

/// <summary>The cheapest choice of regions with which no step holds more than so many bytes.</summary>
internal sealed class CandidateCover
{
    private readonly StepHeights heights;
    private readonly ILookup<int, StreamCandidate> byFirst;
    private readonly Dilations dilations;

    /// <summary>Choices among <paramref name="candidates"/>.</summary>
    public CandidateCover(StepHeights heights, IEnumerable<StreamCandidate> candidates, Dilations dilations)
    {
        this.heights = heights;
        this.dilations = dilations;
        byFirst = candidates.ToLookup(candidate => candidate.Region.First);
    }

    /// <summary>The cheapest regions, or null where no choice of them does it.</summary>
    /// <param name="mostBytes">What each step and each loop may hold.</param>
    /// <param name="priceOfWork">What a unit of work counts, in bytes.</param>
    public RewriteCandidate? Cheapest(long mostBytes, double priceOfWork)
    {
        int count = heights.OfOperator.Count;
        double[] best = new double[count + 1];
        var taken = new StreamCandidate?[count];
        for (int k = count - 1; k >= 0; k--)
        {
            best[k] = heights.OfOperator[k] <= mostBytes ? best[k + 1]
                : dilations.OfOperator.TryGetValue(k, out long bytes) && bytes <= mostBytes ? best[k + 1] + 1 + (priceOfWork * dilations.Work[k])
                : double.PositiveInfinity;
            foreach (StreamCandidate candidate in byFirst[k].Where(candidate => candidate.HeightBytes <= mostBytes))
            {
                double price = candidate.TailBytes + (priceOfWork * candidate.Work) + best[candidate.Region.Last + 1];
                if (price < best[k])
                    (best[k], taken[k]) = (price, candidate);
            }
        }
        if (double.IsPositiveInfinity(best[0]))
            return null;
        var chosen = new List<StreamCandidate>();
        var dilated = new List<int>();
        for (int k = 0; k < count;)
        {
            if (taken[k] is { } candidate)
                chosen.Add(candidate);
            else if (heights.OfOperator[k] > mostBytes)
                dilated.Add(k);
            k = taken[k]?.Region.Last + 1 ?? k + 1;
        }
        return new RewriteCandidate(chosen, dilated);
    }
}
