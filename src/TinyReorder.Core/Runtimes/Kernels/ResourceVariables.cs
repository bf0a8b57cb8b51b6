using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>The resource variables of a model, found as TFLM finds them while kernels prepare (micro/micro_resource_variable.cc).</summary>
internal sealed class ResourceVariables
{
    private readonly Dictionary<(string? Container, string Name), int> ids = [];
    private readonly Dictionary<(int Subgraph, int Tensor), int> idByHandle = [];
    private readonly HashSet<int> allocated = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A VAR_HANDLE names a variable: its output tensor is the handle. An absent container matches any.</summary>
    public void Handle(TfliteSubgraph subgraph, int tensor, string? container, string name)
    {
        if (!ids.TryGetValue((container, name), out int id))
        {
            id = Count++;
            ids[(container, name)] = id;
            // A later handle without a container finds the first variable of that name.
            if (!ids.ContainsKey((null, name)))
                ids[(null, name)] = id;
        }
        idByHandle[(subgraph.Index, tensor)] = id;
    }

    /// <summary>Whether an ASSIGN_VARIABLE to the handle allocates: the handle was made in the same subgraph, and the variable has no memory yet.</summary>
    public bool Allocates(TfliteSubgraph subgraph, int handle) => idByHandle.TryGetValue((subgraph.Index, handle), out int id) && allocated.Add(id);
}
