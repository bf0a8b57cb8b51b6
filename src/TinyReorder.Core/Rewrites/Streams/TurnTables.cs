using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Streams;

/// <summary>
/// What differs from turn to turn, as tables of constants: the loop's counter is the place of the turn's entries in all of them, so that one SLICE at the
/// counter is all that a turn computes. The counter moves on by the same step in every table; a turn's entries may reach into those of the next where both say the
/// same.
/// </summary>
/// <param name="condition">The loop's condition.</param>
/// <param name="body">Its body.</param>
/// <param name="turns">How often it runs.</param>
/// <param name="form">How the tables are laid out.</param>
internal sealed class TurnTables(DraftSubgraph condition, DraftSubgraph body, int turns, TableForm form)
{
    private const int Rank = 4;

    private readonly Dictionary<string, DraftTensor> known = new(StringComparer.Ordinal);
    private DraftTensor? next, place;

    /// <summary>Whether the counter's step leaves every turn what it needs in each table; else the tables are wrong, and a larger step is needed.</summary>
    public bool Fit { get; private set; } = true;

    /// <summary>How many times flags of a row each are asked for.</summary>
    public int RowFlags { get; private set; }

    /// <summary>The counter as the body has it at its start.</summary>
    public DraftTensor Counter { get; } = DraftTensor.Plain(TensorType.Int32, 1);

    /// <summary>The counter's first value.</summary>
    public static DraftTensor Start => DraftTensor.Numbers([0]);

    /// <summary>A constant of the body; equal ones are one tensor.</summary>
    public DraftTensor Numbers(IReadOnlyList<int> values, params int[] shape) =>
        Once($"n{string.Join(",", values)}/{string.Join(",", shape)}", () => DraftTensor.Numbers(values, shape));

    /// <summary>The numbers of this turn.</summary>
    /// <param name="ofTurn">The numbers of each turn, all of one count.</param>
    public DraftTensor OfTurn(IReadOnlyList<int[]> ofTurn)
    {
        int count = ofTurn[0].Length;
        if (ofTurn.All(numbers => numbers.SequenceEqual(ofTurn[0])))
            return Numbers(ofTurn[0]);
        return Part(Laid(ofTurn, numbers => numbers.Select(number => (int?)number)), count);
    }

    /// <summary>
    /// Where rows of this turn begin in an image. The first dimension of an image is 1, so that the kernel takes 0 for whatever is said of it: there the
    /// counter of the next turn stands, unless it has a table of its own.
    /// </summary>
    /// <param name="rows">The first row of each turn.</param>
    /// <param name="axis">The axis of the rows.</param>
    /// <param name="rank">The number of dimensions.</param>
    public DraftTensor BeginOfTurn(IReadOnlyList<int> rows, int axis, int rank)
    {
        int[] table = Laid([.. rows.Select((row, turn) => (Row: row, Next: form.Step * (turn + 1)))], begin => Enumerable.Range(0, rank)
            .Select(dimension => dimension == axis ? begin.Row : dimension == 0 && !form.CountsApart ? begin.Next : (int?)null));
        next ??= Numbers(form.CountsApart ? Laid([.. Enumerable.Range(1, turns)], turn => [form.Step * turn]) : table);
        return Part(table, rank);
    }

    /// <summary>
    /// Which rows of this turn are inside of the image: one flag a row along an axis; or a single flag, which the counter itself finds, where all of a turn's
    /// rows are alike in every turn.
    /// </summary>
    /// <param name="ofTurn">The flags of each turn, all of one count.</param>
    /// <param name="axis">The axis of the rows.</param>
    /// <param name="rank">How many dimensions the flags have where there is one a row; all others are 1.</param>
    public DraftTensor InsideOfTurn(IReadOnlyList<bool[]> ofTurn, int axis, int rank)
    {
        bool areAlike = ofTurn.All(inside => inside.All(row => row == inside[0]));
        int count = areAlike ? 1 : ofTurn[0].Length;
        byte[] flags = [.. Laid(ofTurn, inside => inside.Take(count).Select(row => (int?)(row ? 1 : 0))).Select(flag => (byte)flag)];
        string key = string.Join(",", flags);
        if (areAlike || !form.PlacesFlags || rank != Rank)
        {
            DraftTensor ofThisTurn = Once($"f{key}/{count}", () => Slice(body, DraftTensor.Constant(TensorType.Bool, [flags.Length], flags),
                Counter, Numbers([count]), DraftTensor.Plain(TensorType.Bool, count)));
            return areAlike ? ofThisTurn : Once($"m{key}/{count}/{axis}/{rank}", () => Shaped(ofThisTurn));
        }
        return Once($"m{key}/{count}/{axis}/{rank}", () =>
        {
            RowFlags++;
            place ??= Place(axis);
            return Slice(body, DraftTensor.Constant(TensorType.Bool, Along(flags.Length), flags), place, Numbers(Along(count)),
                DraftTensor.Plain(TensorType.Bool, Along(count)));
        });

        int[] Along(int size) => [.. Enumerable.Range(0, rank).Select(dimension => dimension == axis ? size : 1)];

        DraftTensor Shaped(DraftTensor ofThisTurn)
        {
            RowFlags += rank == Rank ? 1 : 0;
            DraftTensor shaped = DraftTensor.Plain(TensorType.Bool, Along(count));
            body.Operators.Add(NewOperators.Reshape(ofThisTurn, Numbers(Along(count)), shaped));
            return shaped;
        }
    }

    /// <summary>The counter as a place along an axis of four dimensions.</summary>
    private DraftTensor Place(int axis)
    {
        DraftTensor result = DraftTensor.Plain(TensorType.Int32, Rank);
        body.Operators.Add(NewOperators.Join([Numbers(new int[axis]), Counter, Numbers(new int[Rank - 1 - axis])], 0, result));
        return result;
    }

    /// <summary>Adds what ends a turn: the counter moves on, and the condition looks whether a turn is left.</summary>
    /// <param name="counterOfCondition">The counter as the condition has it.</param>
    /// <returns>The counter of the next turn.</returns>
    public DraftTensor End(DraftTensor counterOfCondition)
    {
        DraftTensor moved = Slice(body, next!, Counter, Numbers([1]), DraftTensor.Plain(TensorType.Int32, 1));
        byte[] isLeft = new byte[(form.Step * turns) + 1];
        for (int at = 0; at < form.Step * turns; at++)
            isLeft[at] = 1;
        condition.Outputs.Add(Slice(condition, DraftTensor.Constant(TensorType.Bool, [isLeft.Length], isLeft), counterOfCondition, DraftTensor.Numbers([1]),
            DraftTensor.Plain(TensorType.Bool, 1)));
        return moved;
    }

    private DraftTensor Part(int[] table, int count) => Once($"t{string.Join(",", table)}/{count}",
        () => Slice(body, Numbers(table), Counter, Numbers([count]), DraftTensor.Plain(TensorType.Int32, count)));

    /// <summary>The entries of all turns in one table; null stands for an entry that nothing depends on.</summary>
    private int[] Laid<T>(IReadOnlyList<T> ofTurn, Func<T, IEnumerable<int?>> entriesOf)
    {
        var table = new List<int?>();
        for (int turn = 0; turn < ofTurn.Count; turn++)
        {
            int at = form.Step * turn;
            foreach (int? entry in entriesOf(ofTurn[turn]))
            {
                while (table.Count <= at)
                    table.Add(null);
                if (entry is not null && table[at] is { } known && known != entry)
                    Fit = false;
                table[at] = entry ?? table[at];
                at++;
            }
        }
        return [.. table.Select(entry => entry ?? 0)];
    }

    private DraftTensor Once(string key, Func<DraftTensor> make)
    {
        if (!known.TryGetValue(key, out DraftTensor? tensor))
            known[key] = tensor = make();
        return tensor;
    }

    private static DraftTensor Slice(DraftSubgraph subgraph, DraftTensor table, DraftTensor begin, DraftTensor size, DraftTensor result)
    {
        subgraph.Operators.Add(NewOperators.Slice(table, begin, size, result));
        return result;
    }
}
