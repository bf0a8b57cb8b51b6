using TinyReorder.Graphs;
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
    /// <param name="isSmall">Whether the file is to be small at the cost of some of the arena.</param>
    public static RewrittenModel Stream(TfliteModel model, IReadOnlyList<(Region Region, TurnSchedule Schedule)> regions, ISet<int>? dilated = null,
        bool keepsInputs = false, bool isSmall = false)
    {
        dilated ??= new HashSet<int>();
        var draft = new ModelDraft(model);
        List<DraftOperator> operators = draft.Subgraphs[0].Operators;
        foreach (int k in dilated)
            operators[k] = operators[k] with { Options = NewOperators.Dilated(operators[k].Like!) };
        var ties = new LoopTies();
        var streamed = new List<StreamedRegion>();
        foreach ((Region region, TurnSchedule schedule) in regions.OrderByDescending(pair => pair.Region.First))
        {
            StreamBuilder.Build(region, schedule, draft, ties, dilated, isSmall);
            int rows = schedule.RowsATurn(region.Subgraph.Operators[region.Last].Outputs[0]);
            int[] again = [.. schedule.Form.Again.Intersect(TurnSchedule.MayComputeAgain(region)).OrderBy(k => k)];
            string form = again.Length == 0 ? "stream" : again.Length == TurnSchedule.MayComputeAgain(region).Count() ? "loop" : "mixed";
            streamed.Add(new StreamedRegion(region.First, region.Last, region.Axis, rows, schedule.Turns, form, draft.Subgraphs.Count - 1, again,
                [.. schedule.Form.Cut.OrderBy(k => k)]));
        }
        streamed.Reverse();
        if (keepsInputs)
            ties.Pairs.RemoveAll(pair => draft.Subgraphs[0].Inputs.Contains(pair.Upper));
        TfliteModel rewritten = draft.Write(out Dictionary<DraftTensor, (int Subgraph, int Tensor)> places);
        return new RewrittenModel(model, rewritten, Of(ties, places), streamed, [.. dilated.OrderBy(k => k)])
        {
            Origins = [.. draft.Subgraphs.Select(subgraph => subgraph.Operators.Select(OriginOf).ToArray())],
        };
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
            uncounted.Select(tensor => places[tensor]));
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
