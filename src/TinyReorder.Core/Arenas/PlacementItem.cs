namespace TinyReorder.Arenas;

/// <summary>One buffer to place.</summary>
/// <param name="Id">A number by which the caller knows it; nothing is read into it.</param>
/// <param name="Bytes">Its size in bytes, at least 1; it occupies this rounded up to the alignment.</param>
/// <param name="First">The first step at which it is live.</param>
/// <param name="Last">The last step at which it is live, inclusive.</param>
internal sealed record PlacementItem(int Id, long Bytes, int First, int Last)
{
    /// <summary>The offset in bytes where it has to lie, a multiple of the alignment, or null where the placer chooses.</summary>
    public long? FixedOffset { get; init; }
}
