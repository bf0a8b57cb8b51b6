using TinyReorder.Diagnostics;
using TinyReorder.Sizes;

namespace TinyReorder.Arenas;

/// <summary>A share that has an effect: two items that are live together, and a distance below the size of the lower one.</summary>
/// <param name="Lower">The item that starts lower, or at the same offset.</param>
/// <param name="Upper">The other one.</param>
/// <param name="Distance">What their starts are apart at least, or exactly; in bytes or in units, as the place says.</param>
/// <param name="IsExact">Whether only this distance is allowed.</param>
internal readonly record struct PlacementPair(int Lower, int Upper, long Distance, bool IsExact)
{
    /// <summary>The shares that have an effect, in bytes: distances are multiples of the alignment.</summary>
    /// <exception cref="TinyReorderException">A share names no item, one item twice, or a negative distance.</exception>
    public static List<PlacementPair> Read(IReadOnlyList<PlacementItem> items, IReadOnlyList<PlacementShare> shares, long alignmentBytes)
    {
        List<PlacementPair> pairs = [];
        HashSet<PlacementPair> known = [];
        foreach (PlacementShare share in shares)
        {
            if (share.Upper < 0 || share.Upper >= items.Count || share.Lower < 0 || share.Lower >= items.Count || share.Upper == share.Lower
                || share.DistanceBytes < 0)
                throw PlacementErrors.BadShare(share, items.Count);
            PlacementItem lower = items[share.Lower], upper = items[share.Upper];
            bool areTogether = lower.First <= upper.Last && upper.First <= lower.Last;
            // A distance of the lower one's size or more is that of disjoint places, which are allowed anyway.
            if (!areTogether || share.DistanceBytes >= lower.Bytes || (share.IsExact && share.DistanceBytes % alignmentBytes > 0))
                continue;
            long distance = Rounding.Up(share.DistanceBytes, alignmentBytes);
            PlacementPair pair = new(share.Lower, share.Upper, distance, share.IsExact);
            if (distance < lower.Bytes && known.Add(pair))
                pairs.Add(pair);
        }
        return pairs;
    }
}
