namespace TinyReorder.Rewrites.Regions;

/// <summary>
/// Which rows of each tensor of a region a turn makes: turn z makes rows [z * rows a turn - lag, (z + 1) * rows a turn - lag). Rows outside of the image are made
/// as well and are padding, or are read by nobody. A tensor lags as far behind as the windows between it and the region's inputs look ahead.
/// </summary>
internal sealed class TurnSchedule
{
    /// <summary>Turns that a loop may have.</summary>
    public const int MostTurns = 200;

    private const int LeastTurns = 3;
    private const int MostRounds = 8;

    private readonly Region region;
    private readonly Dictionary<int, int> rows = [];
    private Dictionary<int, int> lags = [];

    private TurnSchedule(Region region) => this.region = region;

    /// <summary>How often the body runs.</summary>
    public int Turns { get; private set; }

    /// <summary>Rows of a tensor of the region that a turn makes.</summary>
    public int RowsATurn(int tensor) => rows[tensor];

    /// <summary>How many rows a tensor of the region lags behind.</summary>
    public int Lag(int tensor) => lags[tensor];

    /// <summary>Whether the region makes the tensor itself.</summary>
    public bool IsMade(int tensor) => rows.ContainsKey(tensor);

    /// <summary>The first row of a tensor that <paramref name="turn"/> makes.</summary>
    public int FirstRow(int tensor, int turn) => (turn * rows[tensor]) - lags[tensor];

    /// <summary>Rows of earlier turns that an operator reads of an input which the region makes.</summary>
    public int CarriedRows(int op, int input) => Behind(op, lags[Output(op)]) - lags[input];

    /// <summary>The schedule with so many rows of the last operator's output a turn, or null where rows do not come out even or turns are too few or too many.</summary>
    public static TurnSchedule? Of(Region region, int rowsATurn)
    {
        var schedule = new TurnSchedule(region);
        return region.Outputs.Contains(schedule.Output(region.Last)) && schedule.FindRows(rowsATurn) && schedule.FindLags() && schedule.Delay() ? schedule : null;
    }

    private int Output(int op) => region.Subgraph.Operators[op].Outputs[0];

    private IEnumerable<int> MadeInputs(int op)
    {
        IReadOnlyList<int> inputs = region.Subgraph.Operators[op].Inputs;
        return region.RowsOf(op).RowInputs.Select(position => inputs[position]).Where(t => !region.Inputs.Contains(t));
    }

    /// <summary>Rows a turn of each tensor that is made, from the last one on through what it is made of and what else is made of that.</summary>
    private bool FindRows(int rowsATurn)
    {
        rows[Output(region.Last)] = rowsATurn;
        int known = 0;
        for (int round = 0; round < MostRounds && known < rows.Count; round++)
        {
            known = rows.Count;
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
        return Enumerable.Range(region.First, region.Last - region.First + 1).All(k => rows.TryGetValue(Output(k), out int made) && made % Step(k) == 0)
            && region.Outputs.All(t => region.RowsOfTensor(t) % rows[t] == 0);
    }

    private bool Spread(int op)
    {
        RowOperator of = region.RowsOf(op);
        int output = Output(op);
        // Rows of the input for rows of the output.
        (int inputs, int outputs) = of.Kind switch
        {
            RowKind.Window => (of.Stride, 1),
            RowKind.Block => (of.BlockInputs, of.BlockOutputs),
            _ => (1, 1),
        };
        foreach (int input in MadeInputs(op))
        {
            if (rows.TryGetValue(output, out int made))
            {
                if (made * inputs % outputs != 0)
                    return false;
                int read = made * inputs / outputs;
                if (rows.TryGetValue(input, out int known) && known != read)
                    return false;
                rows[input] = read;
            }
            else if (rows.TryGetValue(input, out int read))
            {
                if (read * outputs % inputs != 0)
                    return false;
                rows[output] = made = read * outputs / inputs;
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
            Turns = region.Outputs.Max(t => (region.RowsOfTensor(t) + lags[t] + rows[t] - 1) / rows[t]);
            if (Turns is < LeastTurns or > MostTurns)
                return false;
            int[] open = [.. region.Outputs.Where(t => lags[t] != (Turns * rows[t]) - region.RowsOfTensor(t))];
            if (open.Length == 0)
                return true;
            foreach (int t in open)
                least[t] = (Turns * rows[t]) - region.RowsOfTensor(t);
        }
        return false;
    }

    private int LeastLag(int op, int asked)
    {
        int step = Step(op), lag = (asked + step - 1) / step * step;
        foreach (int input in MadeInputs(op))
        {
            while (Behind(op, lag) < lags[input] + Ahead(op, input))
                lag += step;
        }
        return lag;
    }

    /// <summary>Lets each tensor be made as late as its readers allow: then less of it is carried from turn to turn.</summary>
    private bool Delay()
    {
        var latest = new Dictionary<int, int>();
        for (int k = region.Last; k >= region.First; k--)
        {
            int output = Output(k);
            if (!region.Outputs.Contains(output) && latest.TryGetValue(output, out int late))
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
}
