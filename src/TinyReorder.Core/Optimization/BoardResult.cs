using TinyReorder.Boards;

namespace TinyReorder.Optimization;

/// <summary>How the result sits on the board.</summary>
/// <param name="Board">The board.</param>
/// <param name="ReservedSramBytes">SRAM that the rest of the firmware takes.</param>
/// <param name="ReservedFlashBytes">Flash that the rest of the firmware takes.</param>
/// <param name="Fits">Whether arena and model fit beside what is reserved.</param>
internal sealed record BoardResult(Board Board, long ReservedSramBytes, long ReservedFlashBytes, bool Fits)
{
    /// <summary>The memory that the arena lies in.</summary>
    public MemoryRegion Region { get; init; } = Board.Regions[0];

    /// <summary>Whether that is the one where variables lie that nothing places elsewhere.</summary>
    public bool IsDefaultRegion => Region.Name == Board.Regions[0].Name;

    /// <summary>What the rest of the firmware takes of the arena's region.</summary>
    public long ReservedInRegionBytes => Board.HoldsTheRest(Region) ? ReservedSramBytes : 0;

    /// <summary>What the arena may take; negative where more is reserved than there is.</summary>
    public long RoomBytes => Region.Bytes - ReservedInRegionBytes;
}
