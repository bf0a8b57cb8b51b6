using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.Optimization;

/// <summary>Which two memories of a board would hold an arena in two parts where none holds it whole.</summary>
internal static class SplitAdvice
{
    /// <summary>The sentence that names them; null where one memory would do, or no two would.</summary>
    public static string? Of(Board board, ArenaConstant constant, OptimizationSettings settings)
    {
        if (constant is not { NonPersistentBytes: { } tensors, PersistentBytes: { } kept } || board.Regions.Any(region => Holds(region, constant.Bytes)))
            return null;
        // What is inside of the chip is faster, and tensors are read and written more often than what is kept.
        MemoryRegion[] regions = [.. board.Regions.OrderBy(region => region.Has(MemoryRegion.External))];
        foreach (MemoryRegion first in regions.Where(region => Holds(region, tensors)))
        {
            if (regions.FirstOrDefault(region => Holds(region, kept) && AreApart(region, first)) is { } second)
                return $"Two arenas would fit: {settings.Style.Setting("ArenaRegion", first.Name)} for tensors and scratch ({Quantity.Bytes(tensors)}) and "
                    + $"{settings.Style.Setting("PersistentRegion", second.Name)} for what is kept ({Quantity.Bytes(kept)}).";
        }
        return null;

        bool Holds(MemoryRegion region, long bytes) => bytes <= region.Bytes - (board.HoldsTheRest(region) ? settings.ReservedSramBytes : 0);
    }

    private static bool AreApart(MemoryRegion one, MemoryRegion other) =>
        one.Name != other.Name && one.Within != other.Name && other.Within != one.Name;
}
