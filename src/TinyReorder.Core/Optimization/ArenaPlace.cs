using TinyReorder.Boards;

namespace TinyReorder.Optimization;

/// <summary>What of a model's arenas lies in one memory of the board.</summary>
/// <param name="Region">The memory.</param>
/// <param name="ArenaBytes">The arena, or the part of it that lies there.</param>
/// <param name="ReservedBytes">What the rest of the firmware takes there.</param>
/// <param name="IsDefault">Whether it is where variables lie that nothing places elsewhere.</param>
internal sealed record ArenaPlace(MemoryRegion Region, long ArenaBytes, long ReservedBytes, bool IsDefault)
{
    /// <summary>What is left; negative where so much is missing.</summary>
    public long LeftBytes => Region.Bytes - ReservedBytes - ArenaBytes;

    /// <summary>What messages call it.</summary>
    public string Memory => IsDefault ? "SRAM" : Region.Name;

    /// <summary>
    /// The memories that <paramref name="parts"/> of an arena lie in, with what each holds: a part in a memory within another counts in both.
    /// </summary>
    public static IReadOnlyList<ArenaPlace> Of(Board board, IReadOnlyList<(MemoryRegion Region, long Bytes)> parts, long reservedSramBytes) =>
        [.. parts.Select(part => part.Region).Distinct().Select(region => new ArenaPlace(
            region,
            parts.Where(part => part.Region == region || part.Region.Within == region.Name).Sum(part => part.Bytes),
            board.HoldsTheRest(region) ? reservedSramBytes : 0,
            region.Name == board.Regions[0].Name))];
}
