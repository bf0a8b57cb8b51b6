using TinyReorder.Runtimes.Kernels;
using TinyReorder.Runtimes.Support;

namespace TinyReorder.Runtimes;

/// <summary>What a kernel library's kernel for one kind of operator takes from the arena.</summary>
internal sealed class OperatorProfile
{
    /// <summary>The place of the parsed options; 0 bytes when there are none.</summary>
    public required Layout Options { get; init; }

    /// <summary>Bytes kept by Init, one entry an allocation.</summary>
    public required IReadOnlyList<long> InitBytes { get; init; }

    /// <summary>Further allocations of Init.</summary>
    public required IReadOnlyList<FormulaCall> InitFormulas { get; init; }

    /// <summary>What Prepare keeps and requests.</summary>
    public required IReadOnlyList<FormulaCall> PrepareFormulas { get; init; }

    /// <summary>
    /// Tensors of which Prepare makes temporary objects, as often as it does; null when it makes one of each input and output.
    /// </summary>
    public required IReadOnlyList<Temporary>? Temporaries { get; init; }

    /// <summary>The source file in which the figures were read.</summary>
    public required string Source { get; init; }

    /// <summary>What the kernel accepts.</summary>
    public required IReadOnlyList<SupportRule> Rules { get; init; }

    /// <summary>How its output and a dying input may share memory; null when nothing has shown that they may.</summary>
    public required OverlapRule? Overlap { get; init; }
}
