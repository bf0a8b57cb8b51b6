namespace TinyReorder.Graphs;

/// <summary>
/// Tensors that a rewritten model has at one place: the variables of a loop in the caller, the condition and the body, or the bands of an image and the whole
/// that they are joined to. The interpreter copies them onto themselves then. In the subgraphs of such loops, and among bands, the order counts and stays.
/// </summary>
internal sealed class TensorTies
{
    private readonly Dictionary<(int Subgraph, int Tensor), int> groupOf = [];
    private readonly Dictionary<(int Subgraph, int Tensor), long> offsets = [];
    private readonly HashSet<(int Subgraph, int Tensor)> uncounted;
    private readonly HashSet<int> groupsOfBands = [];

    /// <summary>Ties.</summary>
    /// <param name="groups">Tensors, each with its subgraph, that have one place.</param>
    /// <param name="pairs">Groups that may have bytes in common, each named by one of its tensors.</param>
    /// <param name="uncounted">Tensors whose bytes an order need not count, because they are those of another tensor.</param>
    /// <param name="offsets">How many bytes behind the place of its group a tensor begins; those that are not named begin there.</param>
    public TensorTies(IReadOnlyList<IReadOnlyList<(int Subgraph, int Tensor)>> groups, IReadOnlyList<TiedPair> pairs,
        IEnumerable<(int Subgraph, int Tensor)> uncounted, IEnumerable<((int Subgraph, int Tensor) Tensor, long Bytes)>? offsets = null)
    {
        for (int group = 0; group < groups.Count; group++)
        {
            foreach ((int Subgraph, int Tensor) tensor in groups[group])
                groupOf[tensor] = group;
        }
        Pairs = pairs;
        this.uncounted = [.. uncounted];
        foreach (((int Subgraph, int Tensor) tensor, long bytes) in offsets ?? [])
        {
            this.offsets[tensor] = bytes;
            groupsOfBands.Add(groupOf[tensor]);
        }
    }

    /// <summary>Groups, or tensors in none, that may have bytes in common.</summary>
    public IReadOnlyList<TiedPair> Pairs { get; }

    /// <summary>The number of the group that a tensor is in; -1 for none.</summary>
    public int GroupOf(int subgraph, int tensor) => groupOf.TryGetValue((subgraph, tensor), out int group) ? group : -1;

    /// <summary>Whether a group is of bands and their whole, which lie on each other only where operators may share memory.</summary>
    public bool IsOfBands(int group) => groupsOfBands.Contains(group);

    /// <summary>How many bytes behind the place of its group a tensor begins.</summary>
    public long OffsetOf(int subgraph, int tensor) => offsets.TryGetValue((subgraph, tensor), out long bytes) ? bytes : 0;

    /// <summary>Whether an order need not count the tensor.</summary>
    public bool IsUncounted(int subgraph, int tensor) => uncounted.Contains((subgraph, tensor));
}
