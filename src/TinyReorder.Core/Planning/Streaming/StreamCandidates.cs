using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Planning.Streaming;

/// <summary>Finds the regions of a model that may become loops and would hold less than the operators do one by one.</summary>
internal sealed class StreamCandidates(TfliteModel model, StepHeights heights, OverlapChoice overlap, IReadOnlyList<double> workOfOperator, bool countsInstructions,
    Dilations dilations)
{
    private const int MostOperators = 24;
    // Heights are rough, and operators that hold little may stand in the way of others: what stays below this part of the highest step may help.
    private const double PartOfHighest = 0.6;
    // What a turn of a usual loop takes beside its rows, and what the interpreter keeps for a loop, a variable and an operator of it: to rank, not to decide.
    private const double WorkOfTurn = 4_000, WorkOfOperatorAndTurn = 900;
    private const long TailOfLoop = 420, TailOfVariable = 60, TailOfWindow = 330, TailOfMask = 150;

    private static readonly int[] RowsATurn = [1, 2, 4];

    /// <summary>All candidates that hold less than the highest step that they replace.</summary>
    public List<StreamCandidate> All()
    {
        var found = new List<StreamCandidate>();
        TfliteSubgraph subgraph = model.Subgraphs[0];
        long most = heights.OfOperator.Max();
        for (int first = 0; first < subgraph.Operators.Count; first++)
        {
            for (int last = first; last < Math.Min(subgraph.Operators.Count, first + MostOperators); last++)
            {
                int axis = AxisOf(subgraph, subgraph.Operators[last]);
                if (RowOperators.Of(subgraph, subgraph.Operators[last], axis) is null)
                    break;
                long highest = Enumerable.Range(first, last - first + 1).Max(k => heights.OfOperator[k]);
                // Far below the peak nothing has to become lower.
                if (highest < most / 4 || last == first || Region.Of(model, first, last, axis) is not { } region)
                    continue;
                found.AddRange(RowsATurn.SelectMany(rows => Forms(region, rows)).Where(candidate => candidate.HeightBytes < Math.Max(highest, PartOfHighest * most)));
            }
        }
        return found;
    }

    /// <summary>The forms that a region may have from the start: all rows carried, or all computed again.</summary>
    private IEnumerable<StreamCandidate> Forms(Region region, int rows)
    {
        var all = new TurnForm(new HashSet<int>(TurnSchedule.MayComputeAgain(region)), new HashSet<int>());
        foreach (bool isDilated in new[] { false, true })
        {
            foreach (TurnForm form in all.Again.Count > 0 ? new[] { TurnForm.Carried, all } : [TurnForm.Carried])
            {
                if (Rate(region, rows, isDilated, form) is { } candidate)
                    yield return candidate;
            }
        }
    }

    /// <summary>A region with so many rows a turn, or null where it cannot be a loop.</summary>
    public StreamCandidate? Find(int first, int last, int rows, bool isDilated, TurnForm form)
    {
        TfliteSubgraph subgraph = model.Subgraphs[0];
        if (first < 0 || last >= subgraph.Operators.Count || last <= first)
            return null;
        int axis = AxisOf(subgraph, subgraph.Operators[last]);
        return Region.Of(model, first, last, axis) is { } region
            ? Rate(region, rows, isDilated, new TurnForm(
                new HashSet<int>(form.Again.Intersect(TurnSchedule.MayComputeAgain(region))),
                new HashSet<int>(form.Cut.Intersect(TurnSchedule.MayBeCut(region))))) : null;
    }

    private static int AxisOf(TfliteSubgraph subgraph, TfliteOperator op) =>
        op.Outputs.Count > 0 && op.Outputs[0] >= 0 && subgraph.Tensors[op.Outputs[0]].Shape is { Count: 4 } shape && shape[1] == 1 && shape[2] > 1
            ? RowOperators.Width : RowOperators.Height;

    private StreamCandidate? Rate(Region region, int rows, bool isDilated, TurnForm form)
    {
        int[] dilated = isDilated ? [.. Enumerable.Range(region.First, region.Last - region.First + 1).Where(dilations.OfOperator.ContainsKey)] : [];
        if ((isDilated && dilated.Length == 0) || TurnSchedule.Of(region, rows, form) is not { } schedule)
            return null;
        long carriedBytes = 0, tail = TailOfLoop, turnBytes = 0;
        double work = 0;
        int operators = 0;
        for (int k = region.First; k <= region.Last; k++)
        {
            TfliteOperator op = region.Subgraph.Operators[k];
            RowOperator of = region.RowsOf(k);
            int output = op.Outputs[0], made = schedule.RowsComputed(k);
            long read = 0;
            foreach (int position in of.RowInputs)
            {
                int t = op.Inputs[position];
                int count = schedule.RowsRead(k);
                if (schedule.IsMade(t) && schedule.CarriedRows(k, t) is var carried and > 0)
                {
                    carriedBytes += heights.Aligned(carried * region.RowBytes(t));
                    tail += TailOfWindow;
                    operators += 3;
                }
                if (of.ReadsPadding && !schedule.IsCut(k))
                {
                    tail += TailOfMask;
                    operators += 2;
                }
                read += heights.Aligned(count * region.RowBytes(t));
                operators++;
            }
            long written = heights.Aligned(made * region.RowBytes(output));
            // Where it may, the output goes over what is read.
            bool mayShare = overlap == OverlapChoice.Diagonal && (isDilated || !dilations.OfOperator.ContainsKey(k));
            long shared = mayShare ? Math.Min(read, written) : 0;
            turnBytes = Math.Max(turnBytes, read + written - shared + heights.Reserved[k]);
            double runs = (double)schedule.Turns * made / region.RowsOfTensor(output);
            work += (workOfOperator[k] * (runs - 1)) + (isDilated && dilations.OfOperator.ContainsKey(k) ? dilations.Work[k] * runs : 0);
            operators++;
        }
        if (countsInstructions)
            work += schedule.Turns * (WorkOfTurn + (operators * WorkOfOperatorAndTurn));
        tail += TailOfVariable * (region.Inputs.Count + region.WholeInputs.Count + region.Outputs.Count);
        long height = heights.Beside(region.First, region.Last, Own(region)) + AcrossBytes(region) + carriedBytes + turnBytes;
        return new StreamCandidate(region, schedule, height, tail, work, dilated);
    }

    private static HashSet<int> Own(Region region) =>
        [
        .. region.Inputs,
        .. region.WholeInputs,
        .. Enumerable.Range(region.First, region.Last - region.First + 1).SelectMany(k => region.Subgraph.Operators[k].Outputs)];

    /// <summary>What enters and what leaves; an output slides over an input that dies, but for the few rows that it is ahead.</summary>
    private long AcrossBytes(Region region)
    {
        long inputs = region.Inputs.Concat(region.WholeInputs).Sum(t => heights.Aligned(region.Subgraph.Tensors[t].Bytes));
        long outputs = region.Outputs.Sum(t => heights.Aligned(region.Subgraph.Tensors[t].Bytes));
        if (overlap != OverlapChoice.Diagonal || region.DyingInputs.Count == 0)
            return inputs + outputs;
        long largest = region.DyingInputs.Max(t => region.Subgraph.Tensors[t].Bytes), over = region.Outputs.Max(t => region.Subgraph.Tensors[t].Bytes);
        long few = 2 * region.Outputs.Max(region.RowBytes);
        return inputs + outputs - Math.Max(0, Math.Min(largest, over) - few);
    }
}
