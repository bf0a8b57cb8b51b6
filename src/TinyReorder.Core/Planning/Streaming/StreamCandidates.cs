using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Planning.Streaming;

/// <summary>Finds the regions of a model that may become loops, or bands, and would hold less than the operators do one by one.</summary>
internal sealed class StreamCandidates(TfliteModel model, StepHeights heights, OverlapChoice overlap, IReadOnlyList<double> workOfOperator,
    bool countsInstructions, Dilations dilations, bool inBands, bool sumsWeights)
{
    private const int MostOperators = 24;
    // Heights are rough, and operators that hold little may stand in the way of others: what stays below this part of the highest step may help.
    private const double PartOfHighest = 0.6;
    // What a turn of a usual loop takes beside its rows, and what the interpreter keeps for a loop, a variable and an operator of it: to rank, not to decide.
    private const double WorkOfTurn = 4_000, WorkOfOperatorAndTurn = 900;
    private const long TailOfLoop = 420, TailOfVariable = 60, TailOfWindow = 330, TailOfMask = 150;

    // The same for bands.
    private const long TailOfOperator = 100, TailOfFilter = 8;
    private const double WorkOfOperator = 1_500;

    // CMSIS-NN sums the weights of a product of matrices in each call; with fewer pixels that is dear, which multiplications do not show.
    private const int LeastPixels = 48;

    private static readonly int[] RowsATurn = [1, 2, 4], Bands = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20];

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
                found.AddRange(RowsOf(region).SelectMany(rows => Forms(region, rows))
                    .Where(candidate => candidate.HeightBytes < Math.Max(highest, PartOfHighest * most)));
            }
        }
        return found;
    }

    /// <summary>More and fewer rows than a candidate makes at a time.</summary>
    public IEnumerable<int> OtherRows(StreamCandidate candidate)
    {
        int rows = candidate.RowsATurn, all = candidate.Region.RowsOfTensor(candidate.Region.Subgraph.Operators[candidate.Region.Last].Outputs[0]);
        return inBands
            ? new[] { candidate.Schedule.Turns + 1, candidate.Schedule.Turns - 1 }.Where(count => count > 1).Select(count => (all + count - 1) / count)
            : new[] { rows * 2, rows / 2 }.Where(other => other > 0);
    }

    private IEnumerable<int> RowsOf(Region region)
    {
        int all = region.RowsOfTensor(region.Subgraph.Operators[region.Last].Outputs[0]);
        return inBands ? Bands.Select(count => (all + count - 1) / count).Distinct() : RowsATurn;
    }

    /// <summary>The forms that a region may have from the start: all rows carried or all computed again; in bands, all windows padded by themselves or none.</summary>
    private IEnumerable<StreamCandidate> Forms(Region region, int rows)
    {
        var none = new HashSet<int>();
        TurnForm other = inBands ? new TurnForm(none, new HashSet<int>(TurnSchedule.MayBeCut(region)))
            : new TurnForm(new HashSet<int>(TurnSchedule.MayComputeAgain(region)), none);
        foreach (bool isDilated in new[] { false, true })
        {
            foreach (TurnForm form in other.Again.Count + other.Cut.Count > 0 ? new[] { TurnForm.Carried, other } : [TurnForm.Carried])
            {
                if (Rate(region, rows, isDilated, form) is { } candidate)
                    yield return candidate;
            }
        }
    }

    /// <summary>A region with so many rows a turn, or a band, or null where it cannot be made so.</summary>
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
        if (isDilated && dilated.Length == 0)
            return null;
        if (inBands)
            return BandSchedule.Of(region, rows, form, heights.AlignmentBytes) is { } bands ? Rate(region, bands, dilated) : null;
        return TurnSchedule.Of(region, rows, form) is { } schedule && (!sumsWeights || SeesEnough(region, schedule, dilated))
            ? Rate(region, schedule, dilated) : null;
    }

    private static bool SeesEnough(Region region, TurnSchedule schedule, int[] dilated) =>
        Enumerable.Range(region.First, region.Last - region.First + 1).Where(k => !dilated.Contains(k)).All(k =>
            !PixelConvolutions.MayBeDilated(region.Subgraph, region.Subgraph.Operators[k])
            || schedule.RowsComputed(k) * Columns(region, region.Subgraph.Operators[k]) >= LeastPixels);

    private static int Columns(Region region, TfliteOperator op) =>
        region.Subgraph.Tensors[op.Outputs[0]].Shape[RowOperators.Height + RowOperators.Width - region.Axis];

    private StreamCandidate Rate(Region region, BandSchedule schedule, int[] dilated)
    {
        long tail = TailOfOperator, most = 0;
        double work = 0;
        foreach (Band band in schedule.Bands)
        {
            tail += TailOfOperator * (region.Inputs.Count + band.Steps.Count(step => IsCut(band, step, region.Subgraph.Operators[step.Operator].Outputs[0])));
            work += WorkOfOperator * 2;
            foreach (BandStep step in band.Steps)
            {
                TfliteOperator op = region.Subgraph.Operators[step.Operator];
                int output = op.Outputs[0];
                bool isPadded = region.RowsOf(step.Operator).Kind == RowKind.Window && !schedule.Form.Cut.Contains(step.Operator)
                    && (step.Before + step.Behind > 0 || region.RowsOf(step.Operator).Columns != (0, 0));
                long read = BandSchedule.RowInputs(region, step.Operator).Sum(t => heights.Aligned(step.Read.Count * region.RowBytes(t)));
                long written = heights.Aligned(step.Made.Count * region.RowBytes(output));
                bool mayShare = overlap == OverlapChoice.Diagonal && (dilated.Length > 0 || !dilations.OfOperator.ContainsKey(step.Operator));
                long beside = isPadded ? Math.Max(read, written) : written, shared = mayShare ? Math.Min(read, written) : 0;
                most = Math.Max(most, read + beside - shared + heights.Reserved[step.Operator]);
                tail += (isPadded ? 2 : 1) * TailOfOperator;
                if (op.Kind is "CONV_2D" or "DEPTHWISE_CONV_2D")
                    tail += TailOfFilter * region.Subgraph.Tensors[output].Shape[3];
                double part = (double)step.Made.Count / region.RowsOfTensor(output);
                work += (workOfOperator[step.Operator] * part) + WorkOfOperator + (dilated.Contains(step.Operator) ? dilations.Work[step.Operator] * part : 0);
            }
        }
        work -= Enumerable.Range(region.First, region.Last - region.First + 1).Sum(k => workOfOperator[k]);
        long height = heights.Beside(region.First, region.Last, Own(region)) + AcrossBytes(region) + most;
        return new StreamCandidate(region, schedule, height, tail, work, dilated);
    }

    private static bool IsCut(Band band, BandStep step, int output) => band.Targets.TryGetValue(output, out RowRange target) && step.Made != target;

    private StreamCandidate Rate(Region region, TurnSchedule schedule, int[] dilated)
    {
        bool isDilated = dilated.Length > 0;
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
