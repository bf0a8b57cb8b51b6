namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>
/// Where the activations of a model are while it runs. This one gives each tensor bytes of its own, so that nothing is ever overwritten by another.
/// </summary>
internal class TensorMemory
{
    private readonly Dictionary<(int Subgraph, int Tensor), ulong> values = [];

    public virtual void Write(int subgraph, int tensor, ulong value) => values[(subgraph, tensor)] = value;

    /// <summary>What the tensor holds: what was last written, if all of its bytes are still that.</summary>
    /// <exception cref="ReplayFaultException">Some of its bytes are not.</exception>
    public virtual ulong Read(int subgraph, int tensor) => values.GetValueOrDefault((subgraph, tensor), Symbol.Garbage);

    /// <summary>Lets an operator fill its scratch buffers.</summary>
    public virtual void WriteScratch(int subgraph, int op)
    {
    }

    /// <summary>Lets it read them.</summary>
    public virtual void ReadScratch(int subgraph, int op)
    {
    }

    /// <summary>Forgets what the caller of another entry point left.</summary>
    public virtual void Clear() => values.Clear();
}
