namespace TinyReorder.Runtimes;

/// <summary>How a kernel's output may share memory with an input that dies in its operator: data, shown for one version of one kernel library.</summary>
internal sealed class OverlapRule
{
    /// <summary>How many of the first inputs may be shared.</summary>
    public required int Inputs { get; init; }

    /// <summary>The ways that the kernel may take; the first whose condition holds is taken. The last one has no condition.</summary>
    public required IReadOnlyList<OverlapWay> Ways { get; init; }

    /// <summary>How it was shown.</summary>
    public required string Evidence { get; init; }
}
