using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Streams;

/// <summary>
/// Puts a loop in the place of a region: each turn makes some rows of every tensor, once. What a window needs of earlier rows is carried in a variable of the
/// loop; rows of the region's inputs are read where they lie; rows outside of the image become padding; the output's rows are written home.
/// </summary>
internal sealed class StreamBuilder
{
    private const int Rank = 4;

    // What an operator with its tensors and tables takes in the file.
    private const long FileBytesOfGather = 220;

    private readonly Region region;
    private readonly TurnSchedule schedule;
    private readonly ModelDraft draft;
    private readonly DraftSubgraph condition = new("rows_left"), body = new("next_rows");
    private readonly List<DraftTensor> callerInputs = [], callerOutputs = [];
    private readonly List<DraftOperator> before = [];
    private readonly Dictionary<int, DraftTensor> inBody = [], made = [];
    private readonly Dictionary<int, int> outputPlaces = [];
    private readonly Dictionary<int, List<DraftTensor>> outputGroups = [];
    private readonly Dictionary<string, DraftTensor> read = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<(int Operator, int[] Firsts)>> reads = [];
    private readonly TurnTables tables;
    private readonly TableForm form;
    private readonly LoopTies ties;
    private readonly ISet<int> dilated;
    private readonly LoopStyle style;

    private StreamBuilder(Region region, TurnSchedule schedule, ModelDraft draft, LoopTies ties, ISet<int> dilated, LoopStyle style, TableForm form)
    {
        this.dilated = dilated;
        this.style = style;
        this.region = region;
        this.schedule = schedule;
        this.draft = draft;
        this.ties = ties;
        this.form = form;
        tables = new TurnTables(condition, body, schedule.Turns, form);
    }

    /// <summary>Rewrites the region in <paramref name="draft"/>. Of several regions the last comes first, so that operators before it keep their places.</summary>
    /// <param name="region">The region.</param>
    /// <param name="schedule">Its turns.</param>
    /// <param name="draft">The draft of the region's model.</param>
    /// <param name="ties">Takes what has to lie, or may lie, on each other.</param>
    /// <param name="dilated">The convolutions that get a dilation of 2.</param>
    /// <param name="style">What is spared.</param>
    public static void Build(Region region, TurnSchedule schedule, ModelDraft draft, LoopTies ties, ISet<int> dilated, LoopStyle style)
    {
        StreamBuilder builder = TableForm.All(style.IsSmall).Select(Built).First(built => built.tables.Fit);
        // One operator makes the place for all flags; for a single flag it would be in the place of another.
        if (builder.tables.RowFlags > 1)
            builder = Built(builder.form with { PlacesFlags = true });
        builder.PutInto(ties);

        StreamBuilder Built(TableForm form)
        {
            var built = new StreamBuilder(region, schedule, draft, new LoopTies(), dilated, style, form);
            built.Build();
            return built;
        }
    }

    private DraftTensor Main(int tensor) => draft.Tensors[tensor];

    private void Build()
    {
        DraftTensor counterOfCondition = DraftTensor.Plain(TensorType.Int32, 1), counterOfCaller = DraftTensor.Plain(TensorType.Int32, 1);
        DraftTensor start = TurnTables.Start;
        AddVariable(start, counterOfCaller, counterOfCondition, tables.Counter);
        body.Outputs.Add(tables.Counter);
        foreach (int t in region.Inputs.Concat(region.WholeInputs))
            Enter(t);
        foreach (int t in region.Outputs)
            PrepareOutput(t);
        for (int k = region.First; k <= region.Last; k++)
        {
            int known = body.Operators.Count;
            Run(k);
            for (int i = known; i < body.Operators.Count; i++)
                body.Operators[i] = body.Operators[i] with { For = k };
        }
        DraftTensor next = tables.End(counterOfCondition);
        body.Outputs[0] = next;
        ties.Groups.Add([counterOfCaller, counterOfCondition, tables.Counter, next]);
        ShareInputs();
    }

    private void PutInto(LoopTies all)
    {
        all.Groups.AddRange(ties.Groups);
        all.Pairs.AddRange(ties.Pairs);
        all.Uncounted.AddRange(ties.Uncounted);
        int index = draft.Subgraphs.Count;
        draft.Subgraphs.Add(condition);
        draft.Subgraphs.Add(body);
        List<DraftOperator> operators = draft.Subgraphs[0].Operators;
        operators.RemoveRange(region.First, region.Last - region.First + 1);
        operators.InsertRange(region.First, [.. before, NewOperators.While(callerInputs, callerOutputs, index, index + 1)]);
    }

    private void AddVariable(DraftTensor callerInput, DraftTensor callerOutput, DraftTensor ofCondition, DraftTensor ofBody)
    {
        callerInputs.Add(callerInput);
        callerOutputs.Add(callerOutput);
        condition.Inputs.Add(ofCondition);
        body.Inputs.Add(ofBody);
    }

    /// <summary>A tensor from outside goes through the loop as it is.</summary>
    private void Enter(int tensor)
    {
        TfliteTensor of = region.Subgraph.Tensors[tensor];
        DraftTensor passed = Copy(), ofCondition = Copy(), ofBody = Copy();
        AddVariable(Main(tensor), passed, ofCondition, ofBody);
        body.Outputs.Add(ofBody);
        inBody[tensor] = ofBody;
        ties.Groups.Add([Main(tensor), passed, ofCondition, ofBody]);
        ties.Uncounted.Add(passed);

        DraftTensor Copy() => DraftTensor.WithShape(of, of.Shape);
    }

    /// <summary>An output is a variable that is written row by row.</summary>
    private void PrepareOutput(int tensor)
    {
        TfliteTensor of = region.Subgraph.Tensors[tensor];
        DraftTensor unwritten = Copy(), ofCondition = Copy(), ofBody = Copy();
        AddVariable(unwritten, Main(tensor), ofCondition, ofBody);
        outputPlaces[tensor] = body.Outputs.Count;
        body.Outputs.Add(ofBody);
        outputGroups[tensor] = [Main(tensor), unwritten, ofCondition, ofBody];
        ties.Groups.Add(outputGroups[tensor]);

        DraftTensor Copy() => DraftTensor.WithShape(of, of.Shape);
    }

    private void Run(int k)
    {
        TfliteOperator op = region.Subgraph.Operators[k];
        RowOperator of = region.RowsOf(k);
        int output = op.Outputs[0], rows = schedule.RowsATurn(output);
        var inputs = new List<DraftTensor?>();
        var settled = new List<Action>();
        for (int position = 0; position < op.Inputs.Count; position++)
        {
            int t = op.Inputs[position];
            bool hasRows = of.RowInputs.Contains(position);
            inputs.Add(hasRows ? Rows(k, t, settled) : t < 0 ? null : inBody.TryGetValue(t, out DraftTensor? whole) ? whole : Main(t));
        }
        TfliteTensor result = region.Subgraph.Tensors[output];
        if (of.Kind == RowKind.Pad)
        {
            // Its rows are padding already, so only columns are left to add.
            made[output] = WithColumns(inputs[0]!, new RowPadding(result, isLowest: false), of.Columns);
        }
        else
        {
            bool isCut = schedule.IsCut(k);
            DraftTensor computed = made[output] = DraftTensor.WithShape(result, WithRows(result.Shape, schedule.RowsComputed(k)));
            if (op.Kind == "RESIZE_NEAREST_NEIGHBOR")
                inputs[1] = tables.Numbers([rows, result.Shape[2]]);
            if (of.Kind == RowKind.Taken)
                (inputs[1], inputs[2]) = (tables.Numbers(region.TakenFrom(op)), tables.Numbers(region.TakenTo(op, schedule.RowsRead(k))));
            body.Operators.Add(new DraftOperator
            {
                Like = op,
                Inputs = inputs,
                Outputs = [computed],
                Options = of.Kind == RowKind.Window && !isCut ? NewOperators.Unpadded(op, dilated.Contains(k)) : null,
            });
            if (isCut)
                made[output] = Gathered(computed, tables.OfTurn([.. schedule.TakenFrom(k).Select(from => Enumerable.Range(from, rows).ToArray())]));
        }
        settled.ForEach(settle => settle());
        if (region.Outputs.Contains(output))
            WriteHome(output, made[output]);
    }

    private int[] WithRows(IReadOnlyList<int> shape, int rows) => WithSize(shape, region.Axis, rows);

    /// <summary>The rows of an input that an operator reads in this turn, with padding where a window has some.</summary>
    private DraftTensor Rows(int k, int tensor, List<Action> settled)
    {
        RowOperator of = region.RowsOf(k);
        int output = region.Subgraph.Operators[k].Outputs[0], count = schedule.RowsRead(k);
        var padding = new RowPadding(region.Subgraph.Tensors[of.Kind == RowKind.Pad ? output : tensor], of.PadsWithLowest);
        (int, int) columns = of.Kind == RowKind.Window && !schedule.IsCut(k) ? of.Columns : (0, 0);
        if (inBody.TryGetValue(tensor, out DraftTensor? source))
        {
            int[] firsts = [.. Enumerable.Range(0, schedule.Turns).Select(turn => schedule.FirstRead(k, turn))];
            DraftTensor rows = FromOutside(k, tensor, source, firsts, count);
            return WithColumns(of.ReadsPadding ? Masked(rows, tensor, padding, firsts, count) : rows, padding, columns);
        }
        DraftTensor fresh = made[tensor];
        int freshRows = schedule.RowsATurn(tensor), carried = schedule.CarriedRows(k, tensor);
        if (of.ReadsPadding)
            fresh = Masked(fresh, tensor, padding, [.. Enumerable.Range(0, schedule.Turns).Select(turn => schedule.FirstRow(tensor, turn))], freshRows);
        fresh = WithColumns(fresh, padding, columns);
        DraftTensor all = carried > 0 ? Carried(fresh, carried, padding, settled) : fresh;
        return count == carried + freshRows ? all : Gathered(all, tables.Numbers([.. Enumerable.Range(schedule.SkippedRows(k, tensor), count)]));
    }

    private DraftTensor Gathered(DraftTensor source, DraftTensor rows)
    {
        DraftTensor result = source.WithShape(WithRows(source.Shape, rows.Shape[0]));
        body.Operators.Add(NewOperators.Gather(source, rows, region.Axis, result));
        return result;
    }

    /// <summary>Rows of a tensor from outside, those beyond its ends in the place of none.</summary>
    private DraftTensor FromOutside(int k, int tensor, DraftTensor source, int[] firsts, int count)
    {
        string key = $"{tensor}/{count}/{string.Join(",", firsts)}";
        if (read.TryGetValue(key, out DraftTensor? known))
            return known;
        int last = region.RowsOfTensor(tensor) - 1;
        DraftTensor rows = tables.OfTurn([.. firsts.Select(first => Enumerable.Range(first, count).Select(row => Math.Min(Math.Max(row, 0), last)).ToArray())]);
        if (!reads.TryGetValue(tensor, out List<(int, int[])>? ofTensor))
            reads[tensor] = ofTensor = [];
        ofTensor.Add((k, firsts));
        return read[key] = Gathered(source, rows);
    }

    /// <summary>The same rows, those outside of the image as padding.</summary>
    private DraftTensor Masked(DraftTensor rows, int tensor, RowPadding padding, int[] firsts, int count)
    {
        int all = region.RowsOfTensor(tensor);
        bool[][] inside = [.. firsts.Select(first => Enumerable.Range(first, count).Select(row => row >= 0 && row < all).ToArray())];
        if (inside.All(ofTurn => ofTurn.All(row => row)))
            return rows;
        string key = $"mask/{tensor}/{padding.Key}/{count}/{string.Join(",", firsts)}";
        if (read.TryGetValue(key, out DraftTensor? known))
            return known;
        bool isFlat = style.IsFast && rows.Shape[Rank - 1] == 1;
        DraftTensor source = isFlat ? Shaped(rows, Flat(rows.Shape)) : rows;
        DraftTensor outside = PaddingOf(padding, [.. Enumerable.Repeat(1, source.Shape.Count)]), masked = source.WithShape(source.Shape);
        body.Operators.Add(NewOperators.Select(tables.InsideOfTurn(inside, isFlat ? 1 : region.Axis, source.Shape.Count), source, outside, masked));
        return read[key] = isFlat ? Shaped(masked, rows.Shape) : masked;
    }

    /// <summary>[1, rows, what a row holds].</summary>
    private int[] Flat(IReadOnlyList<int> shape)
    {
        int rows = shape[region.Axis];
        return [1, rows, shape.Aggregate(1, (product, dimension) => product * dimension) / rows];
    }

    private DraftTensor Shaped(DraftTensor source, IReadOnlyList<int> shape)
    {
        DraftTensor result = source.WithShape(shape);
        body.Operators.Add(NewOperators.Reshape(source, tables.Numbers([.. shape]), result));
        return result;
    }

    /// <summary>Columns of padding are joined on as constants: a copy for each, where PAD's kernel may go element by element.</summary>
    private DraftTensor WithColumns(DraftTensor rows, RowPadding padding, (int Before, int Behind) columns)
    {
        if (columns is (0, 0))
            return rows;
        int other = RowOperators.Height + RowOperators.Width - region.Axis;
        DraftTensor result = rows.WithShape(WithSize(rows.Shape, other, rows.Shape[other] + columns.Before + columns.Behind));
        DraftTensor[] pieces = [.. Piece(columns.Before), rows, .. Piece(columns.Behind)];
        body.Operators.Add(NewOperators.Join(pieces, other, result));
        return result;

        DraftTensor[] Piece(int count) => count == 0 ? [] : [PaddingOf(padding, WithSize(rows.Shape, other, count))];
    }

    /// <summary>A shape with another size along an axis.</summary>
    internal static int[] WithSize(IReadOnlyList<int> shape, int axis, int count)
    {
        int[] changed = [.. shape];
        changed[axis] = count;
        return changed;
    }

    /// <summary>A constant of padding; equal ones are one tensor.</summary>
    private DraftTensor PaddingOf(RowPadding padding, int[] shape)
    {
        string key = $"padding/{padding.Key}/{string.Join(",", shape)}";
        if (!read.TryGetValue(key, out DraftTensor? known))
            read[key] = known = padding.Of(shape);
        return known;
    }

    /// <summary>Rows of earlier turns, then the new ones; when the reader has run, the last of them are kept for the next turn.</summary>
    private DraftTensor Carried(DraftTensor fresh, int carried, RowPadding padding, List<Action> settled)
    {
        int[] shape = WithRows(fresh.Shape, carried);
        DraftTensor first = Unmade(padding, shape);
        DraftTensor ofCaller = fresh.WithShape(shape), ofCondition = fresh.WithShape(shape), ofBody = fresh.WithShape(shape), next = fresh.WithShape(shape);
        int freshRows = fresh.Shape[region.Axis];
        DraftTensor all = fresh.WithShape(WithRows(fresh.Shape, carried + freshRows));
        AddVariable(first, ofCaller, ofCondition, ofBody);
        body.Outputs.Add(next);
        body.Operators.Add(NewOperators.Join([ofBody, fresh], region.Axis, all));
        ties.Groups.Add(first.Data is null ? [first, ofCaller, ofCondition, ofBody, next] : [ofCaller, ofCondition, ofBody, next]);
        // The rows that are carried are the first of those that are read, and the last of those are the next turn's.
        ties.Pairs.Add((ofBody, all, 0, true));
        settled.Add(() => body.Operators.Add(NewOperators.Gather(all, tables.Numbers([.. Enumerable.Range(freshRows, carried)]), region.Axis, next)));
        return all;
    }

    /// <summary>
    /// Rows before the first turn: padding. In a small file many of them are gathered from one column: the operator takes more of the arena.
    /// </summary>
    private DraftTensor Unmade(RowPadding padding, int[] shape)
    {
        int other = RowOperators.Height + RowOperators.Width - region.Axis;
        int[] column = WithSize(shape, other, 1);
        long bytes = padding.BytesOf(shape), columns = shape[other];
        if (!style.IsSmall || bytes < (bytes / columns) + (columns * sizeof(int)) + FileBytesOfGather)
            return PaddingOf(padding, shape);
        DraftTensor rows = padding.Unmade(shape);
        before.Add(NewOperators.Gather(PaddingOf(padding, column), tables.Numbers(new int[columns]), other, rows));
        return rows;
    }

    private void WriteHome(int tensor, DraftTensor rows)
    {
        TfliteTensor of = region.Subgraph.Tensors[tensor];
        int last = of.Shape[region.Axis] - schedule.RowsATurn(tensor);
        DraftTensor before = body.Outputs[outputPlaces[tensor]], written = before.WithShape(before.Shape);
        int[] begins = [.. Enumerable.Range(0, schedule.Turns).Select(turn => Math.Min(Math.Max(schedule.FirstRow(tensor, turn), 0), last))];
        body.Operators.Add(NewOperators.Update(before, rows, tables.BeginOfTurn(begins, region.Axis, before.Shape.Count), written));
        body.Outputs[outputPlaces[tensor]] = written;
        outputGroups[tensor].Add(written);
    }

    /// <summary>How far an output has to lie below an input that dies here: each row is read for the last time before what lies on it is written.</summary>
    private void ShareInputs()
    {
        foreach (int input in region.DyingInputs)
        {
            foreach (int output in region.Outputs)
            {
                long distance = 0;
                for (int turn = 0; turn < schedule.Turns; turn++)
                {
                    long written = Math.Min(Math.Max(schedule.FirstRow(output, turn), 0) + schedule.RowsATurn(output), region.RowsOfTensor(output))
                        * region.RowBytes(output);
                    if (FirstReadAfter(input, Writer(output), turn) is { } row)
                        distance = Math.Max(distance, written - (row * region.RowBytes(input)));
                }
                ties.Pairs.Add((Main(input), Main(output), distance, false));
            }
        }
    }

    private int Writer(int tensor) => Enumerable.Range(region.First, region.Last - region.First + 1)
        .First(k => region.Subgraph.Operators[k].Outputs.Contains(tensor));

    /// <summary>The lowest row that is read when operator <paramref name="writer"/> has run in a turn; null where none is.</summary>
    private long? FirstReadAfter(int input, int writer, int turn)
    {
        int last = region.RowsOfTensor(input) - 1;
        long[] rows = [.. reads[input].SelectMany(read => read.Firsts.Skip(read.Operator > writer ? turn : turn + 1))
            .Select(first => (long)Math.Min(Math.Max(first, 0), last))];
        return rows.Length == 0 ? null : rows.Min();
    }
}
