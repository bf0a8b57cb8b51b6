namespace TinyReorder.Rewrites.Regions;

/// <summary>
/// Which rows of each tensor of a region a turn makes: turn z makes rows [z * rows a turn - lag, (z + 1) * rows a turn - lag). Rows outside of the image are made
/// as well and are padding, or are read by nobody. A tensor lags as far behind as the windows between it and the region's inputs look ahead.
/// Of a tensor that is computed again a turn makes all rows that its readers take, also those that the turn before made: nothing of it is carried.
/// </summary>
internal sealed partial class TurnSchedule : RowSchedule
{
    /// <summary>Turns that a loop may have.</summary>
    public const int MostTurns = 200;

    private const int LeastTurns = 3;
    private const int MostRounds = 8;

    private readonly Region region;
    private readonly HashSet<int> again;
    private readonly Dictionary<int, int> steps = [], rows = [];
    private Dictionary<int, int> lags = [];
    private int turns;

    private TurnSchedule(Region region, TurnForm form)
    {
        this.region = region;
        Form = form;
        again = new HashSet<int>(form.Again.Where(k => k >= region.First && k <= region.Last).Select(Output));
    }

    /// <summary>How often the body runs.</summary>
    public override int Turns => turns;

    /// <inheritdoc/>
    public override int RowsOfTurn => rows[Output(region.Last)];

    /// <summary>Rows of a tensor of the region that a turn makes.</summary>
    public int RowsATurn(int tensor) => rows[tensor];

    /// <summary>How many rows a tensor of the region lags behind.</summary>
    public int Lag(int tensor) => lags[tensor];

    /// <summary>Whether the region makes the tensor itself.</summary>
    public bool IsMade(int tensor) => rows.ContainsKey(tensor);

    /// <summary>What is computed again, and what is cut.</summary>
    public override TurnForm Form { get; }

    /// <summary>The first row of a tensor that <paramref name="turn"/> makes.</summary>
    public int FirstRow(int tensor, int turn) => firsts.TryGetValue(tensor, out int[]? ofTurn) ? ofTurn[turn] : (turn * steps[tensor]) - lags[tensor];

    /// <summary>The first row of its inputs that an operator reads in <paramref name="turn"/>; it may lie outside of the image.</summary>
    public int FirstRead(int op, int turn) =>
        bands.TryGetValue(op, out Band? band) ? band.Firsts[turn] : region.RowsOf(op).FirstRead(FirstRow(Output(op), turn));

    /// <summary>How many rows of its inputs an operator reads in a turn.</summary>
    public int RowsRead(int op) => bands.TryGetValue(op, out Band? band) ? band.Rows : region.RowsOf(op).ReadRows(rows[Output(op)]);

    /// <summary>Rows of earlier turns that an operator reads of an input which the region makes.</summary>
    public int CarriedRows(int op, int input) => again.Contains(input) ? 0 : Behind(op, lags[Output(op)]) - lags[input];

    /// <summary>How many rows of an input that a turn makes lie before those that an operator reads.</summary>
    public int SkippedRows(int op, int input) => again.Contains(input) && !firsts.ContainsKey(input) ? lags[input] - Behind(op, lags[Output(op)]) : 0;

    /// <summary>The schedule with so many rows of the last operator's output a turn, or null where rows do not come out even or turns are too few or too many.</summary>
    /// <param name="region">The region.</param>
    /// <param name="rowsATurn">Rows of the last operator's output.</param>
    /// <param name="form">What is computed again, and what is cut; null where nothing is.</param>
    public static TurnSchedule? Of(Region region, int rowsATurn, TurnForm? form = null)
    {
        var schedule = new TurnSchedule(region, (form ?? TurnForm.Carried).Of(region, padsWithZeros: false));
        return !region.HasShorts && region.Outputs.Contains(schedule.Output(region.Last))
            && schedule.FindSteps(rowsATurn) && schedule.FindLags() && schedule.Delay() && schedule.FindBands() ? schedule : null;
    }

    /// <summary>The operators that may compute rows again.</summary>
    public static IEnumerable<int> MayComputeAgain(Region region) => Enumerable.Range(region.First, region.Last - region.First)
        .Where(k => region.RowsOf(k).Kind != RowKind.Block && !region.Outputs.Contains(region.Subgraph.Operators[k].Outputs[0]));

    private int Writer(int tensor) => Enumerable.Range(region.First, region.Last - region.First + 1).First(k => Output(k) == tensor);

    private int Output(int op) => region.Subgraph.Operators[op].Outputs[0];

    private IEnumerable<int> MadeInputs(int op)
    {
        IReadOnlyList<int> inputs = region.Subgraph.Operators[op].Inputs;
        return region.RowsOf(op).RowInputs.Select(position => inputs[position]).Where(t => !region.Inputs.Contains(t));
    }

    /// <summary>Rows that each tensor moves on a turn, from the last one on through what it is made of and what else is made of that.</summary>
    private bool FindSteps(int rowsATurn)
    {
        steps[Output(region.Last)] = rowsATurn;
        int known = 0;
        for (int round = 0; round < MostRounds && known < steps.Count; round++)
        {
            known = steps.Count;
            for (int k = region.Last; k >= region.First; k--)
            {
                if (!Spread(k))
                    return false;
            }
            for (int k = region.First; k <= region.Last; k++)
            {
                if (!Spread(k))
                    return false;
            }
        }
        // A block is made whole, also one of rows that are read from outside.
        if (!Enumerable.Range(region.First, region.Last - region.First + 1).All(k => steps.TryGetValue(Output(k), out int made) && made % Step(k) == 0)
            || !region.Outputs.All(t => region.RowsOfTensor(t) % steps[t] == 0))
            return false;
        for (int k = region.Last; k >= region.First; k--)
            rows[Output(k)] = again.Contains(Output(k)) ? Readers(Output(k)).Max(reader => region.RowsOf(reader).ReadRows(rows[Output(reader)])) : steps[Output(k)];
        return true;
    }

    private IEnumerable<int> Readers(int tensor) =>
        Enumerable.Range(region.First, region.Last - region.First + 1).Where(k => MadeInputs(k).Contains(tensor));

    private bool Spread(int op)
    {
        RowOperator of = region.RowsOf(op);
        int output = Output(op);
        // Rows of the input for rows of the output.
        (int inputs, int outputs) = of.Kind switch
        {
            RowKind.Window or RowKind.Taken => (of.Stride, 1),
            RowKind.Block => (of.BlockInputs, of.BlockOutputs),
            _ => (1, 1),
        };
        foreach (int input in MadeInputs(op))
        {
            if (steps.TryGetValue(output, out int made))
            {
                if (made * inputs % outputs != 0)
                    return false;
                int read = made * inputs / outputs;
                if (steps.TryGetValue(input, out int known) && known != read)
                    return false;
                steps[input] = read;
            }
            else if (steps.TryGetValue(input, out int read))
            {
                if (read * outputs % inputs != 0)
                    return false;
                steps[output] = made = read * outputs / inputs;
            }
        }
        return true;
    }

    /// <summary>How far behind the input's rows an operator begins to read where its output lags by <paramref name="lag"/>.</summary>
    private int Behind(int op, int lag) => -region.RowsOf(op).FirstRead(-lag);

    /// <summary>Rows that an operator reads beyond those that its input moves on a turn.</summary>
    private int Ahead(int op, int input) => Math.Max(0, region.RowsOf(op).ReadRows(rows[Output(op)]) - rows[input]);

    private int Step(int op) => region.RowsOf(op).Kind == RowKind.Block ? region.RowsOf(op).BlockOutputs : 1;

    /// <summary>The least lags at which every output's last row comes with the last turn.</summary>
    private bool FindLags()
    {
        var least = new Dictionary<int, int>();
        for (int round = 0; round < MostRounds; round++)
        {
            lags = [];
            for (int k = region.First; k <= region.Last; k++)
                lags[Output(k)] = LeastLag(k, least.TryGetValue(Output(k), out int asked) ? asked : 0);
            turns = region.Outputs.Max(t => (region.RowsOfTensor(t) + lags[t] + steps[t] - 1) / steps[t]);
            if (Turns is < LeastTurns or > MostTurns)
                return false;
            int[] open = [.. region.Outputs.Where(t => lags[t] != (Turns * steps[t]) - region.RowsOfTensor(t))];
            if (open.Length == 0)
                return true;
            foreach (int t in open)
                least[t] = (Turns * steps[t]) - region.RowsOfTensor(t);
        }
        return false;
    }

    private int LeastLag(int op, int asked)
    {
        int step = Step(op), lag = (asked + step - 1) / step * step;
        while (!IsMadeBefore(op, lag))
            lag += step;
        return lag;
    }

    /// <summary>Whether an operator finds the rows that it reads where its output lags by <paramref name="lag"/>.</summary>
    private bool IsMadeBefore(int op, int lag) => MadeInputs(op).All(input =>
        again.Contains(input) ? IsMadeBefore(Writer(input), Behind(op, lag)) : Behind(op, lag) >= lags[input] + Ahead(op, input));

    /// <summary>Lets each tensor be made as late as its readers allow: then less of it is carried from turn to turn.</summary>
    private bool Delay()
    {
        var latest = new Dictionary<int, int>();
        for (int k = region.Last; k >= region.First; k--)
        {
            int output = Output(k);
            if (again.Contains(output))
                TakeWhatIsRead(output);
            else if (!region.Outputs.Contains(output) && latest.TryGetValue(output, out int late))
                lags[output] = Math.Max(lags[output], late / Step(k) * Step(k));
            foreach (int input in MadeInputs(k))
            {
                int bound = Behind(k, lags[output]) - Ahead(k, input);
                latest[input] = latest.TryGetValue(input, out int known) ? Math.Min(known, bound) : bound;
            }
        }
        return Enumerable.Range(region.First, region.Last - region.First + 1)
            .All(k => MadeInputs(k).All(input => CarriedRows(k, input) >= Ahead(k, input)));
    }

    /// <summary>A turn makes the rows of a tensor from the first that one of its readers takes to the last.</summary>
    private void TakeWhatIsRead(int tensor)
    {
        int[] readers = [.. Readers(tensor)];
        lags[tensor] = readers.Max(reader => Behind(reader, lags[Output(reader)]));
        rows[tensor] = readers.Max(reader => lags[tensor] - Behind(reader, lags[Output(reader)]) + region.RowsOf(reader).ReadRows(rows[Output(reader)]));
    }
}
