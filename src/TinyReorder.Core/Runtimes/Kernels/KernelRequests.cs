namespace TinyReorder.Runtimes.Kernels;

/// <summary>What one operator takes from the arena while the interpreter allocates.</summary>
internal sealed class KernelRequests
{
    /// <summary>Bytes of its parsed options.</summary>
    public long OptionsBytes { get; init; }

    /// <summary>The alignment of its parsed options.</summary>
    public int OptionsAlignment { get; init; } = 1;

    /// <summary>Kept by Init, in order.</summary>
    public List<long> InitBytes { get; } = [];

    /// <summary>Kept by Prepare, in order.</summary>
    public List<long> PrepareBytes { get; } = [];

    /// <summary>Scratch buffers requested by Prepare, in order, unrounded.</summary>
    public List<long> ScratchBytes { get; } = [];

    /// <summary>Temporary objects that Prepare makes.</summary>
    public long TemporaryBytes { get; set; }

    /// <summary>Outputs whose memory is the kernel's own, so that they are not planned.</summary>
    public List<int> UnplannedOutputs { get; } = [];

    /// <summary>Whether the figures are not the kernel's at all but the profile's allowance for operators that it cannot work out.</summary>
    public bool IsAllowance { get; init; }

    /// <summary>Why the figures are an upper bound, or null when they are exact.</summary>
    public string? InexactBecause { get; set; }

    /// <summary>The same without anything that is kept or requested.</summary>
    public KernelRequests WithoutMemory() => new() { TemporaryBytes = TemporaryBytes, InexactBecause = InexactBecause, IsAllowance = IsAllowance };
}
