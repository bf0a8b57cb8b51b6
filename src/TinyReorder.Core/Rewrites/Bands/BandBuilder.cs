using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Rewrites.Streams;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Bands;

/// <summary>
/// Puts bands in the place of a region: for each of them the rows that it depends on are cut out of the inputs, the operators make a part of the output
/// of them, and all parts are joined at the end. In the plan each part lies where it goes, so that joining moves nothing.
/// </summary>
internal sealed class BandBuilder
{
    // What one CONCATENATION takes (micro/kernels/concatenation.cc, kMaxInputNum).
    private const int Rank = 4, MostJoined = 10;

    private readonly Region region;
    private readonly BandSchedule schedule;
    private readonly ModelDraft draft;
    private readonly ISet<int> dilated;
    private readonly List<DraftOperator> operators = [];
    private readonly Dictionary<int, List<(DraftTensor Tensor, int FirstRow)>> partsOf;
    private readonly Dictionary<string, DraftTensor> numbers = new(StringComparer.Ordinal);

    private BandBuilder(Region region, BandSchedule schedule, ModelDraft draft, ISet<int> dilated)
    {
        this.region = region;
        this.schedule = schedule;
        this.draft = draft;
        this.dilated = dilated;
        partsOf = region.Outputs.ToDictionary(output => output, _ => new List<(DraftTensor, int)>());
    }

    /// <summary>
    /// Rewrites the region in <paramref name="draft"/>. Of several regions the last comes first, so that operators before it keep their places.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="schedule">Its bands.</param>
    /// <param name="draft">The draft of the region's model.</param>
    /// <param name="ties">Takes what has to lie, or may lie, on each other.</param>
    /// <param name="dilated">The convolutions that get a dilation of 2.</param>
    public static void Build(Region region, BandSchedule schedule, ModelDraft draft, LoopTies ties, ISet<int> dilated)
    {
        var builder = new BandBuilder(region, schedule, draft, dilated);
        foreach (Band band in schedule.Bands)
            builder.Run(band);
        foreach (int output in region.Outputs)
            builder.Join(output, ties);
        builder.ShareInputs(ties);
        List<DraftOperator> all = draft.Subgraphs[0].Operators;
        all.RemoveRange(region.First, region.Last - region.First + 1);
        all.InsertRange(region.First, builder.operators);
    }

    /// <summary>Joins the parts, in two steps where they are more than one operator takes.</summary>
    private void Join(int output, LoopTies ties)
    {
        (DraftTensor Tensor, int FirstRow)[] parts = [.. partsOf[output]];
        DraftTensor whole = draft.Tensors[output];
        var group = new List<DraftTensor> { whole };
        while (parts.Length > 0)
        {
            group.AddRange(parts.Select(part => part.Tensor));
            ties.Offsets.AddRange(parts.Select(part => (part.Tensor, part.FirstRow * region.RowBytes(output))));
            (DraftTensor Tensor, int FirstRow)[] joined = [];
            if (parts.Length > MostJoined)
            {
                joined = [.. Enumerable.Range(0, (parts.Length + MostJoined - 1) / MostJoined)
                    .Select(i => Joined(output, [.. parts.Skip(i * MostJoined).Take(MostJoined)]))];
            }
            else
            {
                operators.Add(NewOperators.Join([.. parts.Select(part => part.Tensor)], region.Axis, whole) with { For = region.Last });
            }
            parts = joined;
        }
        ties.Groups.Add([.. group.Distinct()]);
        ties.Uncounted.AddRange(group.Skip(1));
    }

    private (DraftTensor Tensor, int FirstRow) Joined(int output, (DraftTensor Tensor, int FirstRow)[] parts)
    {
        if (parts.Length == 1)
            return parts[0];
        DraftTensor whole = draft.Tensors[output];
        DraftTensor joined = whole.WithShape(StreamBuilder.WithSize(whole.Shape, region.Axis, parts.Sum(part => part.Tensor.Shape[region.Axis])));
        operators.Add(NewOperators.Join([.. parts.Select(part => part.Tensor)], region.Axis, joined) with { For = region.Last });
        return (joined, parts[0].FirstRow);
    }

    private void Run(Band band)
    {
        var made = new Dictionary<int, (DraftTensor Tensor, RowRange Rows)>();
        foreach (BandStep step in band.Steps)
        {
            foreach (int input in BandSchedule.RowInputs(region, step.Operator).Where(input => !made.ContainsKey(input)))
            {
                var all = (draft.Tensors[input], new RowRange(0, region.RowsOfTensor(input)));
                made[input] = (Cut(all, band.Taken[input], step.Operator), band.Taken[input]);
            }
            made[region.Subgraph.Operators[step.Operator].Outputs[0]] = (Run(step, made), step.Made);
        }
        foreach (int output in region.Outputs)
            partsOf[output].Add((Cut(made[output], band.Targets[output], region.Last), band.Targets[output].First));
    }

    /// <summary>Some rows of those that are there; themselves where they are all.</summary>
    private DraftTensor Cut((DraftTensor Tensor, RowRange Rows) source, RowRange rows, int op)
    {
        if (source.Rows == rows)
            return source.Tensor;
        int[] begin = new int[Rank], size = StreamBuilder.WithSize(source.Tensor.Shape, region.Axis, rows.Count);
        begin[region.Axis] = rows.First - source.Rows.First;
        DraftTensor result = source.Tensor.WithShape(size);
        operators.Add(NewOperators.Slice(source.Tensor, Numbers(begin), Numbers(size), result) with { For = op });
        return result;
    }

    private DraftTensor Run(BandStep step, Dictionary<int, (DraftTensor Tensor, RowRange Rows)> made)
    {
        TfliteOperator op = region.Subgraph.Operators[step.Operator];
        RowOperator of = region.RowsOf(step.Operator);
        TfliteTensor output = region.Subgraph.Tensors[op.Outputs[0]];
        var inputs = new List<DraftTensor?>();
        for (int position = 0; position < op.Inputs.Count; position++)
        {
            int t = op.Inputs[position];
            inputs.Add(of.RowInputs.Contains(position) ? Cut(made[t], step.Read, step.Operator) : t < 0 ? null : draft.Tensors[t]);
        }
        bool isWindow = of.Kind == RowKind.Window, keepsPadding = schedule.Form.Cut.Contains(step.Operator);
        if (isWindow && !keepsPadding && (step.Before, step.Behind, of.Columns) is not (0, 0, (0, 0)))
            inputs[0] = Padded(inputs[0]!, step, of.Columns);
        if (of.Kind == RowKind.Pad)
            inputs[1] = Paddings(step, of.Columns);
        if (op.Kind == "RESIZE_NEAREST_NEIGHBOR")
            inputs[1] = Numbers([step.Made.Count, output.Shape[2]]);
        if (of.Kind == RowKind.Taken)
            (inputs[1], inputs[2]) = (Numbers(region.TakenFrom(op)), Numbers(region.TakenTo(op, step.Read.Count)));
        DraftTensor result = DraftTensor.WithShape(output, StreamBuilder.WithSize(output.Shape, region.Axis, step.Made.Count));
        operators.Add(new DraftOperator { Like = op, Inputs = inputs, Outputs = [result], Options = isWindow ? Options(op, of, keepsPadding) : null });
        return result;
    }

    /// <summary>A window of one row is never padded; any other that gets its padding as rows has none of its own.</summary>
    private NewOptions? Options(TfliteOperator op, RowOperator of, bool keepsPadding)
    {
        bool isDilated = dilated.Contains(op.Index), isAsItWas = keepsPadding || (of.Reach == 1 && of.Columns == (0, 0));
        return isAsItWas ? isDilated ? NewOperators.Dilated(op) : null : NewOperators.Unpadded(op, isDilated);
    }

    private DraftTensor Padded(DraftTensor rows, BandStep step, (int Before, int Behind) columns)
    {
        int other = RowOperators.Height + RowOperators.Width - region.Axis;
        int[] shape = StreamBuilder.WithSize(rows.Shape, region.Axis, step.Before + rows.Shape[region.Axis] + step.Behind);
        DraftTensor result = rows.WithShape(StreamBuilder.WithSize(shape, other, columns.Before + shape[other] + columns.Behind));
        operators.Add(NewOperators.Pad(rows, Paddings(step, columns), result) with { For = step.Operator });
        return result;
    }

    /// <summary>What is put before and behind each dimension.</summary>
    private DraftTensor Paddings(BandStep step, (int Before, int Behind) columns)
    {
        int other = RowOperators.Height + RowOperators.Width - region.Axis;
        int[] paddings = new int[2 * Rank];
        (paddings[2 * region.Axis], paddings[(2 * region.Axis) + 1]) = (step.Before, step.Behind);
        (paddings[2 * other], paddings[(2 * other) + 1]) = (columns.Before, columns.Behind);
        return Numbers(paddings, Rank, 2);
    }

    /// <summary>A constant of whole numbers; equal ones are one tensor.</summary>
    private DraftTensor Numbers(int[] values, params int[] shape)
    {
        string key = $"{string.Join(",", values)}/{string.Join(",", shape)}";
        if (!numbers.TryGetValue(key, out DraftTensor? tensor))
            numbers[key] = tensor = DraftTensor.Numbers(values, shape);
        return tensor;
    }

    /// <summary>How far the output has to lie below an input that dies here: rows are taken for the last time before what lies on them is written.</summary>
    private void ShareInputs(LoopTies ties)
    {
        // The only output is written at the end of a band; one of several may be while rows are still to be taken in the same band.
        int ofLater = region.Outputs.Count == 1 ? 1 : 0;
        foreach (int input in region.DyingInputs)
        {
            long[] read = [.. schedule.Bands.Select(band => band.Taken[input].First * region.RowBytes(input))];
            foreach (int output in region.Outputs)
            {
                long distance = 0;
                for (int i = 0; i + ofLater < schedule.Bands.Count; i++)
                    distance = Math.Max(distance, (schedule.Bands[i].Targets[output].End * region.RowBytes(output)) - read.Skip(i + ofLater).Min());
                ties.Pairs.Add((draft.Tensors[input], draft.Tensors[output], distance, false));
            }
        }
    }
}
