namespace TinyReorder.Rewrites.Regions;

/// <summary>
/// Windows that keep their own padding. What they get is a band of rows inside of the image: at its ends the kernel pads as it would at the ends of the image,
/// so that rows that are made there are right only where the band ends with the image. No rows have to be masked then, and no columns joined on.
/// </summary>
internal sealed partial class TurnSchedule
{
    private const int Same = 0;

    private readonly Dictionary<int, Band> bands = [];
    private readonly Dictionary<int, int[]> firsts = [];

    /// <summary>The operators that may keep their own padding.</summary>
    public static IEnumerable<int> MayBeCut(Region region) => Enumerable.Range(region.First, region.Last - region.First + 1).Where(k =>
        region.Subgraph.Operators[k].Options.Byte(0) == Same && region.RowsOf(k) is { Kind: RowKind.Window } of && (of.ReadsPadding || of.Columns != (0, 0)));

    /// <summary>Whether an operator keeps its own padding.</summary>
    public bool IsCut(int op) => bands.ContainsKey(op);

    /// <summary>Rows that an operator computes in a turn.</summary>
    public int RowsComputed(int op) => bands.TryGetValue(op, out Band? band) ? band.RowsMade : rows[Output(op)];

    /// <summary>Where the rows that are taken begin among those that an operator with padding of its own makes.</summary>
    public int[] TakenFrom(int op) => bands[op].Taken;

    private bool FindBands()
    {
        if (Form.Cut.Count == 0)
            return true;
        for (int k = region.Last; k >= region.First; k--)
        {
            int output = Output(k);
            int[] readers = again.Contains(output) ? [.. Readers(output)] : [];
            if (readers.Any(reader => bands.ContainsKey(reader) || firsts.ContainsKey(Output(reader))))
            {
                // Bands do not move on evenly, so that only what is made for one reader follows them.
                if (readers.Length != 1)
                    return false;
                firsts[output] = [.. Enumerable.Range(0, Turns).Select(turn => FirstRead(readers[0], turn))];
                rows[output] = RowsRead(readers[0]);
            }
            else if (Readers(output).Any(reader => bands.ContainsKey(reader) || firsts.ContainsKey(Output(reader))))
            {
                return false;
            }
            if (!Form.Cut.Contains(k))
                continue;
            if (FindBand(k) is not { } band)
                return false;
            bands[k] = band;
        }
        return true;
    }

    private Band? FindBand(int op)
    {
        RowOperator of = region.RowsOf(op);
        int made = rows[Output(op)], least = Math.Max(of.ReadRows(made) - of.PadBefore - of.PadBehind, 1);
        int[] outputs = [.. Enumerable.Range(0, Turns).Select(turn => FirstRow(Output(op), turn))];
        if (outputs.Any(row => row < 0 || row + made > of.OutputRows))
            return null;
        for (int count = least; count <= Math.Min(of.InputRows - 1, of.ReadRows(made) + (2 * of.Stride)); count++)
        {
            (int First, int Taken)?[] found = [.. outputs.Select(row => Fitting(of, of.FirstRead(row), made, count))];
            if (Array.TrueForAll(found, fitting => fitting is not null))
            {
                return new Band(count, (count + of.Stride - 1) / of.Stride, [.. found.Select(fitting => fitting!.Value.First)],
                    [.. found.Select(fitting => fitting!.Value.Taken)]);
            }
        }
        return null;
    }

    /// <summary>A band of <paramref name="count"/> rows in which rows that are right come out for those that are wanted; null where there is none.</summary>
    private static (int First, int Taken)? Fitting(RowOperator of, int wanted, int made, int count)
    {
        int makes = (count + of.Stride - 1) / of.Stride, before = Math.Max(0, ((makes - 1) * of.Stride) + of.Reach - count) / 2;
        int latest = Math.Min(Math.Max(wanted, 0), of.InputRows - count);
        for (int first = latest; first >= Math.Max(0, latest - count); first--)
        {
            int taken = (wanted - first + before) / of.Stride;
            int start = (taken * of.Stride) - before, end = start + ((made - 1) * of.Stride) + of.Reach;
            bool isRight = first + start == wanted && taken >= 0 && taken + made <= makes && (start >= 0 || first == 0)
                && (end <= count || first + count == of.InputRows);
            if (isRight)
                return (first, taken);
        }
        return null;
    }

    private sealed record Band(int Rows, int RowsMade, int[] Firsts, int[] Taken);
}
