using TinyReorder.Graphs;

namespace TinyReorder.Tests.Shared;

/// <summary>A graph while it is drawn: operators in any topological order, of which there are never more than asked for.</summary>
internal sealed class GraphSketch(int operatorCount, Pcg32 random)
{
    private readonly List<long> bytes = [];
    private readonly List<int> producers = [];
    private readonly List<SketchOperator> operators = [];
    private readonly HashSet<int> read = [], outputs = [], dead = [];

    public Pcg32 Random => random;

    /// <summary>How many operators may still be added.</summary>
    public int Room => operatorCount - operators.Count;

    public int TensorCount => bytes.Count;

    public int OperatorCount => operators.Count;

    /// <summary>Adds an input of the graph and returns its tensor.</summary>
    public int Input(long size)
    {
        bytes.Add(size);
        producers.Add(-1);
        return bytes.Count - 1;
    }

    /// <summary>Adds an operator and returns the tensor that it writes; when there is no room, its first input.</summary>
    public int Add(string kind, long size, params int[] inputs) => Add(kind, [size], inputs)[0];

    /// <summary>Adds an operator and returns the tensors that it writes; when there is no room, its first input for each.</summary>
    public int[] Add(string kind, long[] sizes, params int[] inputs)
    {
        if (Room == 0)
            return sizes.Select(_ => inputs.Length > 0 ? inputs[0] : 0).ToArray();
        int[] written = sizes.Select(Input).ToArray();
        foreach (int tensor in written)
            producers[tensor] = operators.Count;
        operators.Add(new SketchOperator(kind, [.. inputs], [.. written]));
        read.UnionWith(inputs);
        return written;
    }

    public long Bytes(int tensor) => bytes[tensor];

    /// <summary>Adds the traits; each hits about one operator in four.</summary>
    public void Decorate(GraphTraits traits)
    {
        if (traits.HasFlag(GraphTraits.MultipleOutputs))
            Some(() => SecondOutput(random.Below(operators.Count)));
        if (traits.HasFlag(GraphTraits.DeadOutputs))
            Some(() => dead.Add(ExtraOutput(random.Below(operators.Count))));
        if (traits.HasFlag(GraphTraits.ReservedBytes))
            Some(() => operators[random.Below(operators.Count)].ReservedBytes = random.Between(1, 64));
        if (traits.HasFlag(GraphTraits.OddEnds))
        {
            Input(random.Between(1, 32));
            int input = Input(random.Between(1, 32));
            outputs.Add(input);
            int shared = Input(random.Between(1, 32));
            Some(() => Read(operators[random.Below(operators.Count)], shared));
            outputs.Add(random.Below(bytes.Count));
        }
        if (traits.HasFlag(GraphTraits.ZeroBytes))
            Some(() => bytes[random.Below(bytes.Count)] = 0);
    }

    /// <summary>The graph; tensors that nobody reads are its outputs.</summary>
    public Graph Build(GraphTraits traits)
    {
        int[] order = traits.HasFlag(GraphTraits.ShuffledOrder) ? RandomOrder() : Enumerable.Range(0, operators.Count).ToArray();
        var builder = new GraphBuilder();
        for (int t = 0; t < bytes.Count; t++)
            builder.AddTensor(bytes[t], outputs.Contains(t) || (producers[t] >= 0 && !read.Contains(t) && !dead.Contains(t)), name: $"t{t}");
        int previous = -1;
        for (int i = 0; i < order.Length; i++)
        {
            SketchOperator op = operators[order[i]];
            builder.AddOperator(op.Kind, op.Inputs, op.Outputs, op.ReservedBytes);
            if (!traits.HasFlag(GraphTraits.Effects) || !random.OneIn(4))
                continue;
            if (previous >= 0)
                builder.AddConstraint(previous, i);
            previous = i;
        }
        return builder.Build();
    }

    private void Some(Action decorate)
    {
        for (int i = random.Below(1 + (operators.Count / 2)); i >= 0 && operators.Count > 0; i--)
            decorate();
    }

    private void SecondOutput(int writer)
    {
        int tensor = ExtraOutput(writer);
        if (writer + 1 < operators.Count)
            Read(operators[random.Between(writer + 1, operators.Count - 1)], tensor);
    }

    private int ExtraOutput(int writer)
    {
        int tensor = Input(random.Between(1, 64));
        producers[tensor] = writer;
        operators[writer].Outputs.Add(tensor);
        return tensor;
    }

    private void Read(SketchOperator reader, int tensor)
    {
        reader.Inputs.Add(tensor);
        read.Add(tensor);
    }

    private int[] RandomOrder()
    {
        var successors = operators.Select(_ => new List<int>()).ToArray();
        int[] waiting = new int[operators.Count];
        for (int i = 0; i < operators.Count; i++)
        {
            foreach (int before in operators[i].Inputs.Select(t => producers[t]).Where(p => p >= 0).Distinct())
            {
                successors[before].Add(i);
                waiting[i]++;
            }
        }
        List<int> ready = Enumerable.Range(0, operators.Count).Where(i => waiting[i] == 0).ToList();
        var order = new List<int>(operators.Count);
        while (ready.Count > 0)
        {
            int pick = random.Below(ready.Count), next = ready[pick];
            ready[pick] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
            order.Add(next);
            ready.AddRange(successors[next].Where(after => --waiting[after] == 0));
        }
        return [.. order];
    }

    private sealed class SketchOperator(string kind, List<int> inputs, List<int> outputs)
    {
        public string Kind => kind;

        public List<int> Inputs => inputs;

        public List<int> Outputs => outputs;

        public long ReservedBytes { get; set; }
    }
}
