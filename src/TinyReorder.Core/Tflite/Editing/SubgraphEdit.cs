namespace TinyReorder.Tflite.Editing;

/// <summary>What becomes of a subgraph: its lists as they will be.</summary>
internal sealed class SubgraphEdit
{
    private readonly int tensorsBefore;
    private readonly List<NewTensor> newTensors = [];

    /// <summary>A new subgraph, without anything.</summary>
    public SubgraphEdit(string name)
    {
        Name = name;
        Inputs = [];
        Outputs = [];
        Operators = [];
    }

    /// <summary>A subgraph of the file, as it is.</summary>
    public SubgraphEdit(TfliteSubgraph subgraph)
    {
        Index = subgraph.Index;
        Name = subgraph.Name;
        tensorsBefore = subgraph.Tensors.Count;
        Inputs = [.. subgraph.Inputs];
        Outputs = [.. subgraph.Outputs];
        Operators = [.. subgraph.Operators.Select(op => new EditedOperator(op.Index))];
    }

    /// <summary>A subgraph of the file whose tensors and operators are all told anew.</summary>
    /// <param name="subgraph">The subgraph, whose place and name it takes.</param>
    /// <param name="indices">The new index of each of its tensors that stays.</param>
    public SubgraphEdit(TfliteSubgraph subgraph, IReadOnlyDictionary<int, int> indices)
        : this(subgraph.Name)
    {
        Index = subgraph.Index;
        Indices = indices;
    }

    /// <summary>Its index in the file; null for a new one.</summary>
    public int? Index { get; }

    /// <summary>Where its tensors are told anew: the new index of each one that stays; null where they keep theirs.</summary>
    public IReadOnlyDictionary<int, int>? Indices { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Tensor indices that the caller fills.</summary>
    public List<int> Inputs { get; }

    /// <summary>Tensor indices that the caller reads.</summary>
    public List<int> Outputs { get; }

    /// <summary>The operators in the order in which they run.</summary>
    public List<EditedOperator> Operators { get; }

    /// <summary>The tensors that come after those of the file.</summary>
    public IReadOnlyList<NewTensor> NewTensors => newTensors;

    /// <summary>Adds a tensor and returns its index.</summary>
    public int AddTensor(NewTensor tensor)
    {
        newTensors.Add(tensor);
        return tensorsBefore + newTensors.Count - 1;
    }
}
