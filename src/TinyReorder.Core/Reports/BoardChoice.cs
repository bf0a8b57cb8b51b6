using TinyReorder.Boards;
using TinyReorder.Optimization;

namespace TinyReorder.Reports;

/// <summary>Whether a board would hold the chosen arena and the model beside what is reserved.</summary>
/// <param name="Board">The board.</param>
/// <param name="SramLeftBytes">What is left of its static region; negative when it is too small.</param>
/// <param name="FlashLeftBytes">What is left of its flash; negative when it is too small.</param>
/// <param name="HasOtherKernels">Whether its kernel library is another one, with which the arena has another size.</param>
internal sealed record BoardChoice(Board Board, long SramLeftBytes, long FlashLeftBytes, bool HasOtherKernels)
{
    /// <summary>Whether both memories hold what they have to.</summary>
    public bool Fits => SramLeftBytes >= 0 && FlashLeftBytes >= 0;

    internal static BoardChoice[] Of(BoardCatalog catalog, OptimizationResult result)
    {
        long reservedSram = result.Board?.ReservedSramBytes ?? 0, reservedFlash = result.Board?.ReservedFlashBytes ?? 0;
        return catalog.Boards
            .OrderBy(board => board.StaticRegionBytes)
            .ThenBy(board => board.Id, StringComparer.Ordinal)
            .Select(board => new BoardChoice(
                board,
                board.StaticRegionBytes - reservedSram - result.Constant.Bytes,
                board.UsableFlashBytes - reservedFlash - result.OptimizedModel.LongLength,
                result.Arena.HasRuntime && board.Kernels != result.Arena.Kernels))
            .ToArray();
    }
}
