using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>
/// Changes of a good plan, drawn at random; whether each is a fault is decided here, by the lifetimes that the buffers carry and by the operators' lists of
/// tensors.
/// </summary>
internal sealed class Mutants(ReplayedPlan plan, Pcg32 random)
{
    private const long Step = 16;

    // What never lives, or is never written, may lie anywhere.
    private readonly int[] living = Enumerable.Range(0, plan.Buffers.Count).Where(i => plan.Buffers[i] is { First: >= 0, Last: >= 0, Bytes: > 0 }).ToArray();

    public IEnumerable<Mutant> MovedBy16(int count)
    {
        for (int i = 0; i < count && living.Length > 0; i++)
        {
            int moved = random.Pick(living);
            TflmBuffer[] buffers = [.. plan.Buffers];
            buffers[moved] = buffers[moved] with { Offset = buffers[moved].Offset + (random.OneIn(2) ? Step : -Step) };
            yield return new Mutant(MutantKind.MovedBy16, $"{buffers[moved]}", plan.Orders, buffers, IsOutside(buffers[moved]) || HasConflict(buffers, moved));
        }
    }

    public IEnumerable<Mutant> ShorterLife(int count)
    {
        for (int i = 0; i < count && living.Length > 0; i++)
        {
            int cut = random.Pick(living);
            TflmBuffer[] shorter = [.. plan.Buffers];
            shorter[cut] = random.OneIn(2) ? shorter[cut] with { Last = shorter[cut].Last - 1 } : shorter[cut] with { First = shorter[cut].First + 1 };
            // Those that begin where it ends come next, to land on it if they can.
            int[] order = [cut,
                .. living.Where(b => b != cut).OrderBy(b => Meets(plan.Buffers[b], plan.Buffers[cut]) && !Meets(shorter[b], shorter[cut]) ? 0 : 1)
                .ThenByDescending(b => plan.Buffers[b].Bytes)];
            TflmBuffer[] placed = FirstFit(shorter, order).Select((buffer, b) => plan.Buffers[b] with { Offset = buffer.Offset }).ToArray();
            if (placed.Any(IsOutside))
                continue;
            yield return new Mutant(MutantKind.ShorterLife, $"{shorter[cut]}", plan.Orders, placed, HasConflict(placed, cut));
        }
    }

    public IEnumerable<Mutant> DependentSwapped(int count) => Swapped(MutantKind.DependentSwapped, count, (subgraph, earlier, later) =>
        earlier.Outputs.Any(t => t >= 0 && later.Inputs.Contains(t) && subgraph.Tensors[t] is { IsConstant: false, IsVariable: false }));

    public IEnumerable<Mutant> VariableSwapped(int count) => Swapped(MutantKind.VariableSwapped, count, ShareVariable);

    private IEnumerable<Mutant> Swapped(MutantKind kind, int count, Func<TfliteSubgraph, TfliteOperator, TfliteOperator, bool> isPair)
    {
        var pairs = new List<(int Subgraph, int Earlier, int Later)>();
        foreach (TfliteSubgraph subgraph in plan.Model.Subgraphs.Where(subgraph => plan.Runs(subgraph.Index)))
        {
            TfliteOperator[] inOrder = plan.Orders[subgraph.Index].Select(op => subgraph.Operators[op]).ToArray();
            for (int i = 0; i < inOrder.Length; i++)
            {
                for (int j = i + 1; j < inOrder.Length; j++)
                {
                    if (isPair(subgraph, inOrder[i], inOrder[j]))
                        pairs.Add((subgraph.Index, i, j));
                }
            }
        }
        random.Shuffle(pairs);
        foreach ((int s, int earlier, int later) in pairs.Take(count))
        {
            int[] order = [.. plan.Orders[s]];
            (order[earlier], order[later]) = (order[later], order[earlier]);
            yield return new Mutant(kind, $"{earlier} and {later} in subgraph {s}", plan.Orders.Select((other, i) => i == s ? order : other).ToArray(),
                plan.Buffers, IsFault: true);
        }
    }

    private static bool ShareVariable(TfliteSubgraph subgraph, TfliteOperator earlier, TfliteOperator later)
    {
        if (earlier.Inputs.Any(t => t >= 0 && subgraph.Tensors[t].IsVariable && later.Inputs.Contains(t)))
            return true;
        return Access(earlier) && Access(later) && (earlier.Kind == "ASSIGN_VARIABLE" || later.Kind == "ASSIGN_VARIABLE") && Name(earlier) == Name(later);

        bool Access(TfliteOperator op) => op.Kind is "ASSIGN_VARIABLE" or "READ_VARIABLE";

        string? Name(TfliteOperator op) =>
            subgraph.Operators.FirstOrDefault(handle => handle.Kind == "VAR_HANDLE" && handle.Outputs.Contains(op.Inputs[0]))?.Options.FindText(1);
    }

    private bool IsOutside(TflmBuffer buffer) => buffer.Offset < 0 || buffer.Offset + buffer.Bytes > plan.HeightBytes;

    private bool HasConflict(TflmBuffer[] buffers, int changed) =>
        living.Any(other => other != changed && Meets(buffers[changed], buffers[other]) && Touches(buffers[changed], buffers[other]));

    private static bool Meets(TflmBuffer one, TflmBuffer other) => one.First <= other.Last && other.First <= one.Last;

    private static bool Touches(TflmBuffer one, TflmBuffer other) => one.Offset < other.Offset + other.Bytes && other.Offset < one.Offset + one.Bytes;

    /// <summary>Places the buffers one after the other at the lowest offset that is free for as long as each lives.</summary>
    private static TflmBuffer[] FirstFit(TflmBuffer[] buffers, IEnumerable<int> order)
    {
        var placed = new List<int>();
        foreach (int next in order)
        {
            long offset = 0;
            foreach (TflmBuffer other in placed.Select(i => buffers[i]).Where(other => Meets(other, buffers[next])).OrderBy(other => other.Offset))
            {
                if (offset + buffers[next].Bytes <= other.Offset)
                    break;
                offset = Math.Max(offset, other.Offset + other.Bytes);
            }
            buffers[next] = buffers[next] with { Offset = offset };
            placed.Add(next);
        }
        return buffers;
    }
}
