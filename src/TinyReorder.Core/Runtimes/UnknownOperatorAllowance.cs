namespace TinyReorder.Runtimes;

/// <summary>
/// What is allowed for an operator that a profile does not know, so that the arena is an upper bound for kernels of the usual kind: each figure is above
/// what the greediest known kernel takes.
/// </summary>
internal sealed class UnknownOperatorAllowance
{
    /// <summary>Parsed options of a built-in operator.</summary>
    public required long OptionsBytes { get; init; }

    /// <summary>Kept bytes of any operator.</summary>
    public required long PersistentBytes { get; init; }

    /// <summary>Kept bytes for each quantization scale of each constant input.</summary>
    public required long PersistentBytesPerScale { get; init; }

    /// <summary>Scratch for each element of the largest output that something else reads.</summary>
    public required long ScratchBytesPerElement { get; init; }

    /// <summary>The most scratch that is allowed for one operator: what no board has to spare anyway.</summary>
    public required long MostScratchBytes { get; init; }
}
