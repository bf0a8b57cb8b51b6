namespace TinyReorder.Graphs;

/// <summary>Collects tensors and operators, derives the links between them, and makes a <see cref="Graph"/>.</summary>
internal sealed class GraphBuilder
{
    private readonly List<(int Index, string Name, long Bytes, bool IsOutput, int Producer, List<int> Consumers)> tensors = [];
    private readonly List<(string Kind, long ReservedBytes, int[] Inputs, int[] Outputs, List<int> Predecessors, List<int> Successors)> operators = [];
    private readonly List<(int Operator, GraphShare Share)> shares = [];

    /// <summary>Adds a tensor and returns its position. It is an input of the subgraph until an operator is added that writes it.</summary>
    /// <param name="bytes">Bytes that count towards the peak.</param>
    /// <param name="isOutput">Whether it lives to the end.</param>
    /// <param name="index">Its index in the file; by default its position.</param>
    /// <param name="name">Its name.</param>
    public int AddTensor(long bytes, bool isOutput = false, int? index = null, string name = "")
    {
        if (bytes < 0)
            throw new ArgumentOutOfRangeException(nameof(bytes));
        tensors.Add((index ?? tensors.Count, name, bytes, isOutput, -1, []));
        return tensors.Count - 1;
    }

    /// <summary>Adds the operator that runs next in the file's order and returns its index.</summary>
    /// <param name="kind">What it is called.</param>
    /// <param name="inputs">Positions of tensors it reads; all written by earlier operators or inputs.</param>
    /// <param name="outputs">Positions of tensors it writes; none written or read before.</param>
    /// <param name="reservedBytes">Bytes it needs besides its tensors while it runs.</param>
    public int AddOperator(string kind, IEnumerable<int> inputs, IEnumerable<int> outputs, long reservedBytes = 0)
    {
        int index = operators.Count;
        int[] read = Ascending(inputs.ToList()), written = Ascending(outputs.ToList());
        var predecessors = new List<int>();
        foreach (int t in read)
        {
            tensors[t].Consumers.Add(index);
            if (tensors[t].Producer >= 0)
                predecessors.Add(tensors[t].Producer);
        }
        foreach (int t in written)
        {
            if (tensors[t].Producer >= 0 || tensors[t].Consumers.Count > 0)
                throw new ArgumentException($"Tensor {t} is written after it was read or written.", nameof(outputs));
            tensors[t] = tensors[t] with { Producer = index };
        }
        operators.Add((kind, reservedBytes, read, written, predecessors, []));
        foreach (int p in predecessors)
            operators[p].Successors.Add(index);
        return index;
    }

    /// <summary>Demands that <paramref name="before"/> runs before <paramref name="after"/>, for a reason that no tensor shows.</summary>
    public void AddConstraint(int before, int after)
    {
        if (before < 0 || before >= after || after >= operators.Count)
            throw new ArgumentOutOfRangeException(nameof(before), "A constraint has to agree with the file's order.");
        operators[before].Successors.Add(after);
        operators[after].Predecessors.Add(before);
    }

    /// <summary>
    /// Lets an input of <paramref name="index"/>, where it dies there, lie on common bytes with an output; an input that lives to the end is passed over.
    /// </summary>
    public void AddShare(int index, GraphShare share)
    {
        if (!operators[index].Inputs.Contains(share.Input) || !operators[index].Outputs.Contains(share.Output) || (!share.IsExact && share.DistanceBytes < 0))
            throw new ArgumentException($"Operator {index} does not read the one and write the other.", nameof(share));
        shares.Add((index, share));
    }

    /// <summary>The graph of what was added.</summary>
    public Graph Build()
    {
        GraphTensor[] built = tensors.Select((t, id) => new GraphTensor
        {
            Id = id,
            Index = t.Index,
            Name = t.Name,
            Bytes = t.Bytes,
            Producer = t.Producer,
            Consumers = t.Consumers.ToArray(), // who is added later comes later
            IsOutput = t.IsOutput,
        }).ToArray();
        ILookup<int, GraphShare> sharesOf = shares.Where(share => share.Share.CanBeUsed(built[share.Share.Input], built[share.Share.Output]))
            .ToLookup(share => share.Operator, share => share.Share);
        return new Graph(built, operators.Select((o, index) => new GraphOperator
        {
            Index = index,
            Kind = o.Kind,
            Inputs = o.Inputs,
            Outputs = o.Outputs,
            Predecessors = Ascending(o.Predecessors),
            Successors = Ascending(o.Successors),
            ReservedBytes = o.ReservedBytes,
            Shares = sharesOf[index].ToArray(),
        }).ToArray());
    }

    /// <summary>Each number once, ascending; few are ever out of order.</summary>
    private static int[] Ascending(List<int> numbers)
    {
        bool isAscending = true;
        for (int i = 1; i < numbers.Count; i++)
            isAscending &= numbers[i - 1] < numbers[i];
        return isAscending ? numbers.ToArray() : numbers.Distinct().OrderBy(number => number).ToArray();
    }
}
