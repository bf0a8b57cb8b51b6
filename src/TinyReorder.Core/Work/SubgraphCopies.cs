using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>
/// What WHILE and IF copy between a subgraph and its caller (micro/kernels/while.cc, if.cc): each variable before the loop to the condition and to the
/// output, and each turn to the body, from the body, and to the condition. Tensors at the same place are not copied, but still cost the look.
/// </summary>
internal sealed class SubgraphCopies
{
    private readonly Func<int, int, long?>? placement;

    private SubgraphCopies(Func<int, int, long?>? placement) => this.placement = placement;

    /// <summary>The number of copies, with those that move nothing.</summary>
    public double Count { get; private set; }

    /// <summary>The bytes that they move.</summary>
    public double Bytes { get; private set; }

    /// <summary>How often a subgraph is run; of the two branches of an IF both.</summary>
    public double Runs { get; private set; }

    /// <summary>Whether the number of turns is known.</summary>
    public bool AreKnown { get; private set; }

    /// <summary>The copies of an operator in one of its runs.</summary>
    public static SubgraphCopies Of(
        TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        var copies = new SubgraphCopies(placement);
        TfliteSubgraph[] callees = [.. new[] { op.Options.Int32(0), op.Options.Int32(1) }
            .Where(index => index >= 0 && index < model.Subgraphs.Count).Select(index => model.Subgraphs[index])];
        if (callees.Length != 2)
            return copies;
        if (op.Kind == "IF")
            copies.AddBranches(subgraph, op, callees);
        else
            copies.AddLoop(subgraph, op, callees[0], callees[1], SubgraphRuns.TurnsOf(op, turns));
        return copies;
    }

    private void AddBranches(TfliteSubgraph subgraph, TfliteOperator op, TfliteSubgraph[] branches)
    {
        foreach (TfliteSubgraph branch in branches)
        {
            Add(subgraph, op.Inputs.Skip(1), branch, branch.Inputs, 1);
            Add(branch, branch.Outputs, subgraph, op.Outputs, 1);
        }
        Runs = branches.Length;
        AreKnown = true;
    }

    private void AddLoop(TfliteSubgraph subgraph, TfliteOperator op, TfliteSubgraph condition, TfliteSubgraph body, long? turns)
    {
        long times = turns ?? 1;
        Add(subgraph, op.Inputs, condition, condition.Inputs, 1);
        Add(subgraph, op.Inputs, subgraph, op.Outputs, 1);
        Add(subgraph, op.Outputs, body, body.Inputs, times);
        Add(body, body.Outputs, subgraph, op.Outputs, times);
        Add(subgraph, op.Outputs, condition, condition.Inputs, times);
        Runs = (2d * times) + 1;
        AreKnown = turns is not null;
    }

    private void Add(TfliteSubgraph from, IEnumerable<int> sources, TfliteSubgraph to, IEnumerable<int> targets, long times)
    {
        foreach ((int source, int target) in sources.Zip(targets, (source, target) => (source, target)))
        {
            Count += times;
            if (source < 0 || target < 0)
                continue;
            bool isSame = (from.Index == to.Index && source == target)
                || (placement?.Invoke(from.Index, source) is { } place && placement(to.Index, target) == place);
            Bytes += isSame ? 0 : (double)times * to.Tensors[target].Bytes;
        }
    }
}
