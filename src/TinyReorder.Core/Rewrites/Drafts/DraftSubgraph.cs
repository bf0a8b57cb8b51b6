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

    /// <summary>
    /// Every tensor that is named: those of the file in its order, and new ones as they come. In a new subgraph these are the first: then operators of two
    /// loops that do the same are equal tables, which stand in the file once.
    /// </summary>
    /// <param name="isNew">Whether the file has no such subgraph.</param>
    public IReadOnlyList<DraftTensor> Tensors(bool isNew)
    {
        var named = new List<DraftTensor>();
        var known = new HashSet<DraftTensor>();
        foreach (DraftTensor? tensor in Inputs.Concat(Operators.SelectMany(op => op.Inputs.Concat(op.Outputs))).Concat(Outputs))
        {
            if (tensor is not null && known.Add(tensor))
                named.Add(tensor);
        }
        IEnumerable<DraftTensor> kept = named.Where(tensor => tensor.Kept is not null).OrderBy(tensor => tensor.Kept!.Index);
        IEnumerable<DraftTensor> added = named.Where(tensor => tensor.Kept is null);
        return isNew ? [.. added, .. kept] : [.. kept, .. added];
    }
}
