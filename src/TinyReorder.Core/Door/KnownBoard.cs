using TinyReorder.Boards;

namespace TinyReorder;

/// <summary>A board or bare chip of the catalog.</summary>
public sealed class KnownBoard
{
    internal KnownBoard(Board board)
    {
        Id = board.Id;
        Name = board.Name;
        Aliases = board.Aliases;
        Mcu = board.Mcu;
        Core = board.Core;
        SramBytes = board.StaticRegionBytes;
        Regions = [.. board.Regions.Select(region => new KnownRegion(region))];
        FlashBytes = board.UsableFlashBytes;
        Kernels = KernelWords.Find(board.Kernels);
        Abi = board.Abi is { } abi ? Kinds.Of(abi) : null;
    }

    /// <summary>The id, which <see cref="ReorderOptions.Board"/> takes.</summary>
    public string Id { get; }

    /// <summary>The name that people know it by.</summary>
    public string Name { get; }

    /// <summary>Other words that <see cref="ReorderOptions.Board"/> takes for it.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The microcontroller; empty when unknown.</summary>
    public string Mcu { get; }

    /// <summary>The processor core, such as <c>cortex-m4f</c>; empty when unknown.</summary>
    public string Core { get; }

    /// <summary>The bytes of the largest region in which the usual linker script places an array: what an arena has to fit into.</summary>
    public long SramBytes { get; }

    /// <summary>The memories that data can lie in; the first is the one of <see cref="SramBytes"/>.</summary>
    public IReadOnlyList<KnownRegion> Regions { get; }

    /// <summary>The bytes of flash that a program may take.</summary>
    public long FlashBytes { get; }

    /// <summary>The kernels that an arena is computed for unless one says otherwise; null where TensorFlow Lite Micro does not run.</summary>
    public KernelLibrary? Kernels { get; }

    /// <summary>The ABI of its usual compiler; null where that is open.</summary>
    public AbiKind? Abi { get; }
}
