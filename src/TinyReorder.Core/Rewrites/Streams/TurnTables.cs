using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Streams;

/// <summary>
/// What differs from turn to turn, as tables of constants: the loop's counter is the place of the turn's entries in all of them, so that one SLICE at the
/// counter is all that a turn computes. Every table has as many numbers for a turn as the longest.
/// </summary>
internal sealed class TurnTables(DraftSubgraph condition, DraftSubgraph body, int turns, int numbersATurn)
{
    private readonly Dictionary<string, DraftTensor> known = new(StringComparer.Ordinal);

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
        int[] table = [.. ofTurn.SelectMany(numbers => numbers.Concat(Enumerable.Repeat(0, numbersATurn - count)))];
        return Once($"t{string.Join(",", table)}/{count}", () => Slice(body, Numbers(table), Counter, Numbers([count]), DraftTensor.Plain(TensorType.Int32, count)));
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
        if (areAlike)
        {
            byte[] flags = new byte[numbersATurn * turns];
            for (int turn = 0; turn < turns; turn++)
                flags[numbersATurn * turn] = (byte)(ofTurn[turn][0] ? 1 : 0);
            return Once($"f{string.Join(",", flags)}", () => Slice(body, DraftTensor.Constant(TensorType.Bool, [flags.Length], flags), Counter, Numbers([1]),
                DraftTensor.Plain(TensorType.Bool, 1)));
        }
        int count = ofTurn[0].Length;
        byte[] table = [.. ofTurn.SelectMany(inside => inside.Select(row => row ? (byte)1 : (byte)0))];
        return Once($"m{string.Join(",", table)}/{count}/{axis}/{rank}", () => Slice(
            body,
            DraftTensor.Constant(TensorType.Bool, Along(turns * count, 1), table),
            OfTurn([.. Enumerable.Range(0, turns).Select(turn => Along(turn * count, 0))]),
            Numbers(Along(count, 1)),
            DraftTensor.Plain(TensorType.Bool, Along(count, 1))));

        int[] Along(int value, int others) => [.. Enumerable.Range(0, rank).Select(dimension => dimension == axis ? value : others)];
    }

    /// <summary>Adds what ends a turn: the counter moves on, and the condition looks whether a turn is left.</summary>
    /// <param name="counterOfCondition">The counter as the condition has it.</param>
    /// <returns>The counter of the next turn.</returns>
    public DraftTensor End(DraftTensor counterOfCondition)
    {
        int[] next = new int[numbersATurn * turns];
        for (int turn = 0; turn < turns; turn++)
            next[numbersATurn * turn] = numbersATurn * (turn + 1);
        DraftTensor moved = Slice(body, Numbers(next), Counter, Numbers([1]), DraftTensor.Plain(TensorType.Int32, 1));
        byte[] isLeft = new byte[next.Length + 1];
        for (int at = 0; at < next.Length; at++)
            isLeft[at] = 1;
        condition.Outputs.Add(Slice(condition, DraftTensor.Constant(TensorType.Bool, [isLeft.Length], isLeft), counterOfCondition, DraftTensor.Numbers([1]),
            DraftTensor.Plain(TensorType.Bool, 1)));
        return moved;
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
