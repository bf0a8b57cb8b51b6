using TinyReorder.Boards;

namespace TinyReorder.Optimization;

/// <summary>How the result sits on the board.</summary>
/// <param name="Board">The board.</param>
/// <param name="ReservedSramBytes">SRAM that the rest of the firmware takes.</param>
/// <param name="ReservedFlashBytes">Flash that the rest of the firmware takes.</param>
/// <param name="Fits">Whether arena and model fit beside what is reserved.</param>
internal sealed record BoardResult(Board Board, long ReservedSramBytes, long ReservedFlashBytes, bool Fits);
