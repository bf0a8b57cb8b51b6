namespace TinyReorder.Rewrites.Drafts;

/// <summary>A subgraph of a draft. Its tensors are those that its lists and operators name.</summary>
internal sealed class DraftSubgraph(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Whether it is one of the file that stays as it stands there.</summary>
    public bool IsAsItWas { get; init; }

    /// <summary>What the caller fills.</summary>
    public List<DraftTensor> Inputs { get; } = [];

    /// <summary>What the caller reads.</summary>
    public List<DraftTensor> Outputs { get; } = [];

    /// <summary>The operators in the order in which they run.</summary>
    public List<DraftOperator> Operators { get; } = [];

    /// <summary>Every tensor that is named: first those of the file, in its order, then new ones as they come.</summary>
    public IReadOnlyList<DraftTensor> Tensors()
    {
        var named = new List<DraftTensor>();
        var known = new HashSet<DraftTensor>();
        foreach (DraftTensor? tensor in Inputs.Concat(Operators.SelectMany(op => op.Inputs.Concat(op.Outputs))).Concat(Outputs))
        {
            if (tensor is not null && known.Add(tensor))
                named.Add(tensor);
        }
        return [.. named.Where(tensor => tensor.Kept is not null).OrderBy(tensor => tensor.Kept!.Index), .. named.Where(tensor => tensor.Kept is null)];
    }
}
