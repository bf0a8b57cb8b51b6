namespace TinyReorder.Rewrites.Regions;

/// <summary>
/// A region in bands: its output is made some rows at a time, each time by operators of their own from the rows of the inputs that those rows depend on.
/// Rows that windows of two bands read are computed in both. It needs no control flow.
/// </summary>
internal sealed class BandSchedule : RowSchedule
{
    /// <summary>Bands that a region may have.</summary>
    public const int MostBands = 24;

    private const int LeastBands = 2, MostRowsAdded = 3;

    private readonly Region region;
    private readonly List<Band> bands = [];

    private BandSchedule(Region region, int rows, TurnForm form)
    {
        this.region = region;
        RowsOfTurn = rows;
        Form = form;
    }

    /// <inheritdoc/>
    public override TurnForm Form { get; }

    /// <inheritdoc/>
    public override int Turns => bands.Count;

    /// <inheritdoc/>
    public override int RowsOfTurn { get; }

    /// <summary>The bands, from the first row on.</summary>
    public IReadOnlyList<Band> Bands => bands;

    /// <summary>The bands of a region, or null where it cannot be made in such bands.</summary>
    /// <param name="region">The region.</param>
    /// <param name="rows">Rows of its output for each band; more where a band would not begin at an offset that a tensor may have.</param>
    /// <param name="form">Which windows keep their own padding: they make rows at the ends of a band that are not right, and are not taken.</param>
    /// <param name="alignmentBytes">What offsets are multiples of.</param>
    public static BandSchedule? Of(Region region, int rows, TurnForm form, long alignmentBytes)
    {
        int output = region.Subgraph.Operators[region.Last].Outputs[0];
        if (rows < 1 || !region.Outputs.Contains(output))
            return null;
        int all = region.RowsOfTensor(output);
        while (rows < all && !region.Outputs.All(t => Part(region, t, rows, all) is { } part && part * region.RowBytes(t) % alignmentBytes == 0))
            rows++;
        int count = (all + rows - 1) / rows;
        if (count is < LeastBands or > MostBands)
            return null;
        var schedule = new BandSchedule(region, rows, form.Of(region, padsWithZeros: true) with { Again = new HashSet<int>() });
        for (int first = 0; first < all; first += rows)
        {
            (int start, int end) = (first, Math.Min(all, first + rows));
            if (region.Outputs.Any(t => Part(region, t, end, all) is null))
                return null;
            var targets = region.Outputs.ToDictionary(t => t, t => new RowRange(Part(region, t, start, all)!.Value, Part(region, t, end, all)!.Value));
            if (schedule.FindBand(targets) is not { } band)
                return null;
            schedule.bands.Add(band);
        }
        return schedule;
    }

    /// <summary>The inputs of an operator that have rows.</summary>
    public static IEnumerable<int> RowInputs(Region region, int op) =>
        region.RowsOf(op).RowInputs.Select(position => region.Subgraph.Operators[op].Inputs[position]);

    /// <summary>The row of an output that is as far down as row <paramref name="row"/> of the last one, which has <paramref name="all"/>; null for none.</summary>
    private static int? Part(Region region, int output, int row, int all)
    {
        int rows = region.RowsOfTensor(output);
        return row * rows % all == 0 ? row * rows / all : null;
    }

    private Band? FindBand(Dictionary<int, RowRange> targets)
    {
        if (FindNeeded(targets) is not { } needed)
            return null;
        // Where strides and padding do not meet at the rows that are needed, they may a few rows outside of them.
        for (int added = 0; added <= 2 * MostRowsAdded; added++)
        {
            for (int before = Math.Max(0, added - MostRowsAdded); before <= Math.Min(added, MostRowsAdded); before++)
            {
                if (BandOf(targets, needed, before, added - before) is { } band)
                    return band;
            }
        }
        return null;
    }

    /// <summary>The rows inside of the image that the targets depend on, of each tensor; null where an operator makes what nobody reads.</summary>
    private Dictionary<int, RowRange>? FindNeeded(Dictionary<int, RowRange> targets)
    {
        var needed = new Dictionary<int, RowRange>(targets);
        for (int k = region.Last; k >= region.First; k--)
        {
            RowOperator of = region.RowsOf(k);
            if (!needed.TryGetValue(region.Subgraph.Operators[k].Outputs[0], out RowRange made))
                return null;
            int step = of.Kind == RowKind.Block ? of.BlockOutputs : 1, from = made.First / step * step, count = (made.End - from + step - 1) / step * step;
            int first = of.FirstRead(from);
            RowRange read = new RowRange(first, first + of.ReadRows(count)).Within(new RowRange(0, of.InputRows));
            foreach (int input in RowInputs(region, k))
                needed[input] = needed.TryGetValue(input, out RowRange known) ? known.With(read) : read;
        }
        return needed;
    }

    private Band? BandOf(Dictionary<int, RowRange> targets, Dictionary<int, RowRange> needed, int before, int behind)
    {
        var made = new Dictionary<int, (RowRange Made, RowRange Right)>();
        foreach (int input in region.Inputs)
        {
            int rows = region.RowsOfTensor(input);
            RowRange taken = new RowRange(needed[input].First - before, needed[input].End + behind).Within(new RowRange(0, rows));
            made[input] = (taken, taken);
        }
        var steps = new List<BandStep>();
        for (int k = region.First; k <= region.Last; k++)
        {
            RowRange read = made[RowInputs(region, k).First()].Made, right = read;
            foreach (int input in RowInputs(region, k))
            {
                read = read.Within(made[input].Made);
                right = right.Within(made[input].Right);
            }
            if (read.Count <= 0 || Step(k, read, right) is not { } step)
                return null;
            made[region.Subgraph.Operators[k].Outputs[0]] = (step.Made, step.Right);
            steps.Add(step);
        }
        return targets.Any(target => !made[target.Key].Right.Contains(target.Value)) ? null
            : new Band(targets, region.Inputs.ToDictionary(input => input, input => made[input].Made), steps);
    }

    /// <summary>What an operator makes of these rows; null where they do not begin or end where it can take them up.</summary>
    private BandStep? Step(int k, RowRange read, RowRange right)
    {
        RowOperator of = region.RowsOf(k);
        bool isTop = read.First == 0, isBottom = read.End == of.InputRows;
        switch (of.Kind)
        {
            case RowKind.Window:
                return Form.Cut.Contains(k) ? WithOwnPadding(k, of, read, right)
                    : Windows(k, of, read, right, isTop ? of.PadBefore : 0, isBottom ? of.PadBehind : 0, outputs: null);
            case RowKind.Pad:
                int before = isTop ? of.PadBefore : 0, behind = isBottom ? of.PadBehind : 0;
                RowRange padded = new(read.First + of.PadBefore - before, read.End + of.PadBefore + behind);
                RowRange rightPadded = new(right.First + of.PadBefore - (right.First == 0 ? before : 0),
                    right.End + of.PadBefore + (right.End == of.InputRows ? behind : 0));
                return new BandStep(k, read, before, behind, padded, rightPadded);
            case RowKind.Block when of.BlockInputs == 1:
                return new BandStep(k, read, 0, 0, new RowRange(read.First * of.BlockOutputs, read.End * of.BlockOutputs),
                    new RowRange(right.First * of.BlockOutputs, right.End * of.BlockOutputs));
            case RowKind.Taken:
                (int first, int end) = (TakenFrom(of, read.First), TakenFrom(of, read.End));
                RowRange made = new(first, Math.Min(end, of.OutputRows));
                RowRange rightMade = new RowRange(TakenFrom(of, right.First), TakenFrom(of, right.End)).Within(made);
                return made.Count <= 0 ? null
                    : new BandStep(k, new RowRange(of.FirstRead(first), of.FirstRead(first) + of.ReadRows(made.Count)), 0, 0, made, rightMade);
            case RowKind.Point:
                return new BandStep(k, read, 0, 0, read, right);
            default:
                return null;
        }
    }

    /// <summary>The first row of the output that is taken from row <paramref name="row"/> or behind it.</summary>
    private static int TakenFrom(RowOperator of, int row) => Math.Max(0, (row - of.Start + of.Stride - 1) / of.Stride);

    /// <summary>The kernel pads a band as it would an image of so many rows (kernels/padding.h).</summary>
    private static BandStep? WithOwnPadding(int k, RowOperator of, RowRange read, RowRange right)
    {
        int outputs = (read.Count + of.Stride - 1) / of.Stride, padding = Math.Max(0, ((outputs - 1) * of.Stride) + of.Reach - read.Count);
        return Windows(k, of, read, right, padding / 2, padding - (padding / 2), outputs) is { } step ? step with { Before = 0, Behind = 0 } : null;
    }

    private static BandStep? Windows(int k, RowOperator of, RowRange read, RowRange right, int before, int behind, int? outputs)
    {
        int start = read.First - before + of.PadBefore, count = outputs ?? ((read.Count + before + behind - of.Reach) / of.Stride) + 1;
        if (start % of.Stride != 0 || start < 0 || read.Count + before + behind < of.Reach)
            return null;
        var made = new RowRange(start / of.Stride, (start / of.Stride) + count);
        if (made.End > of.OutputRows)
            return null;
        int first = made.First, end = made.End;
        while (first < end && !IsRight(first))
            first++;
        while (end > first && !IsRight(end - 1))
            end--;
        return new BandStep(k, read, before, behind, made, new RowRange(first, end));

        // Each row of the image that the window covers is there; any other is padding in the band as in the image.
        bool IsRight(int row) => right.Contains(new RowRange(of.FirstRead(row), of.FirstRead(row) + of.Reach).Within(new RowRange(0, of.InputRows)));
    }
}
