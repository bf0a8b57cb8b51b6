using TinyReorder.Graphs;
using TinyReorder.Rewrites.Bands;
using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Rewrites.Streams;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites;

/// <summary>Rewrites models; weights, options and everything outside of the regions stay as they are.</summary>
internal static class Rewriter
{
    /// <summary>The model with regions as loops.</summary>
    /// <param name="model">A model that <see cref="ModelDraft.CanDraft"/> is true of.</param>
    /// <param name="regions">Regions that have no operator in common, with their turns.</param>
    /// <param name="dilated">
    /// Operators, convolutions of one pixel with a stride of 1, that get a dilation of 2: their answers stay, and CMSIS-NN takes them pixel by pixel then, so
    /// that they may write over what they have read.
    /// </param>
    /// <param name="keepsInputs">Whether the model's inputs stay whole, so that nothing is written over them.</param>
    /// <param name="style">What loops spare; null for the least arena.</param>
    public static RewrittenModel Stream(TfliteModel model, IReadOnlyList<(Region Region, RowSchedule Schedule)> regions, ISet<int>? dilated = null,
        bool keepsInputs = false, LoopStyle? style = null)
    {
        dilated ??= new HashSet<int>();
        var draft = new ModelDraft(model);
        List<DraftOperator> operators = draft.Subgraphs[0].Operators;
        foreach (int k in dilated)
            operators[k] = operators[k] with { Options = NewOperators.Dilated(operators[k].Like!) };
        var ties = new LoopTies();
        var streamed = new List<StreamedRegion>();
        foreach ((Region region, RowSchedule schedule) in regions.OrderByDescending(pair => pair.Region.First))
        {
            if (schedule is BandSchedule bands)
                BandBuilder.Build(region, bands, draft, ties, dilated);
            else
                StreamBuilder.Build(region, (TurnSchedule)schedule, draft, ties, dilated, style ?? new LoopStyle(IsSmall: false, IsFast: false));
            streamed.Add(Described(region, schedule, draft.Subgraphs.Count - 1));
        }
        streamed.Reverse();
        if (keepsInputs)
            ties.Pairs.RemoveAll(pair => draft.Subgraphs[0].Inputs.Contains(pair.Upper));
        TfliteModel rewritten = draft.Write(out Dictionary<DraftTensor, (int Subgraph, int Tensor)> places);
        return new RewrittenModel(model, rewritten, Of(ties, places), [.. streamed.Select(region => WithBands(region, draft))], [.. dilated.OrderBy(k => k)])
        {
            Origins = [.. draft.Subgraphs.Select(subgraph => subgraph.Operators.Select(OriginOf).ToArray())],
        };
    }

    private static StreamedRegion WithBands(StreamedRegion region, ModelDraft draft)
    {
        List<DraftOperator> operators = draft.Subgraphs[0].Operators;
        return region.Body is not null ? region : region with
        {
            Bands = [.. Enumerable.Range(0, operators.Count)
                .Where(k => OriginOf(operators[k]) is { } origin && origin.Operator >= region.FirstOperator && origin.Operator <= region.LastOperator)],
        };
    }

    private static StreamedRegion Described(Region region, RowSchedule schedule, int body)
    {
        int[] again = [.. schedule.Form.Again.Intersect(TurnSchedule.MayComputeAgain(region)).OrderBy(k => k)];
        bool isLoop = schedule is TurnSchedule;
        string form = !isLoop ? StreamedRegion.BandsForm : again.Length == 0 ? "stream"
            : again.Length == TurnSchedule.MayComputeAgain(region).Count() ? "loop" : "mixed";
        return new StreamedRegion(region.First, region.Last, region.Axis, schedule.RowsOfTurn, schedule.Turns, form, isLoop ? body : null, again,
            [.. schedule.Form.Cut.Where(k => k >= region.First && k <= region.Last).OrderBy(k => k)]);
    }

    private static OperatorOrigin? OriginOf(DraftOperator op) =>
        op.Like is { } like ? new OperatorOrigin(like.Index, true) : op.For is { } served ? new OperatorOrigin(served, false) : null;

    private static TensorTies Of(LoopTies ties, Dictionary<DraftTensor, (int Subgraph, int Tensor)> places)
    {
        // A tensor that is in two groups, as one that two loops read one after the other, makes them one.
        List<List<DraftTensor>> groups = Joined(ties.Groups);
        IEnumerable<TiedPair> pairs = ties.Pairs.Select(pair => new TiedPair(places[pair.Upper], places[pair.Lower], pair.DistanceBytes, pair.IsExact));
        IEnumerable<DraftTensor> uncounted = groups.SelectMany(group => group).Where(tensor => places[tensor].Subgraph > 0).Concat(ties.Uncounted);
        return new TensorTies([.. groups.Select(group => group.Select(tensor => places[tensor]).ToArray())], [.. pairs],
            uncounted.Select(tensor => places[tensor]), ties.Offsets.Select(pair => (places[pair.Tensor], pair.Bytes)));
    }

    private static List<List<DraftTensor>> Joined(List<List<DraftTensor>> groups)
    {
        var joined = new List<List<DraftTensor>>();
        foreach (List<DraftTensor> group in groups)
        {
            List<DraftTensor> merged = [.. group];
            foreach (List<DraftTensor> met in joined.Where(other => other.Any(group.Contains)).ToArray())
            {
                joined.Remove(met);
                merged.AddRange(met);
            }
            joined.Add([.. merged.Distinct()]);
        }
        return joined;
    }
}
