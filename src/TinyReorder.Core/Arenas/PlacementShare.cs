namespace TinyReorder.Arenas;

/// <summary>
/// Two items that are live together and may lie on common bytes all the same, as long as their starts keep a distance; disjoint places are always allowed
/// as well.
/// </summary>
/// <param name="Upper">The position, in the list of items, of the one that starts higher (or at the same offset).</param>
/// <param name="Lower">The position of the other.</param>
/// <param name="DistanceBytes">offset(upper) - offset(lower) is at least this, from 0; exactly this where <paramref name="IsExact"/>.</param>
/// <param name="IsExact">Whether only this very distance is allowed, besides disjoint places.</param>
internal sealed record PlacementShare(int Upper, int Lower, long DistanceBytes, bool IsExact);
