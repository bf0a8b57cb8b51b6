using TinyReorder.Boards;

namespace TinyReorder.Optimization;

/// <summary>How the result sits on the board.</summary>
/// <param name="Board">The board.</param>
/// <param name="ReservedSramBytes">SRAM that the rest of the firmware takes.</param>
/// <param name="ReservedFlashBytes">Flash that the rest of the firmware takes.</param>
/// <param name="Fits">Whether arena and model fit beside what is reserved.</param>
/// <param name="Places">The memories that the arena lies in: one, or two where the program gives two arenas that lie apart; that of the tensors first.</param>
internal sealed record BoardResult(Board Board, long ReservedSramBytes, long ReservedFlashBytes, bool Fits, IReadOnlyList<ArenaPlace> Places)
{
    /// <summary>The memory that the arena lies in, or the first of two.</summary>
    public MemoryRegion Region => Places[0].Region;

    /// <summary>Where the program gives two arenas, the memory of the second, which holds what is kept; null where it gives one.</summary>
    public MemoryRegion? PersistentRegion { get; init; }

    /// <summary>Whether the arena lies where variables lie that nothing places elsewhere.</summary>
    public bool IsDefaultRegion => Places[0].IsDefault;

    /// <summary>What the arena may take; negative where more is reserved than there is.</summary>
    public long RoomBytes => Region.Bytes - Places[0].ReservedBytes;
}
