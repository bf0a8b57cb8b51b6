namespace TinyReorder.Arenas;

/// <summary>From where on the open items of a node may be placed: above an offset, or at it from a rank on.</summary>
/// <param name="Offset">The offset placed last.</param>
/// <param name="Rank">The rank of what was placed there; -1 leaves all ranks open.</param>
/// <param name="Ranking">Names the ranking; ranks of different rankings do not compare.</param>
internal readonly record struct PlacementStart(long Offset, int Rank, ulong Ranking)
{
    /// <summary>Whether whatever may be placed from the other start may be placed from this one.</summary>
    public bool Includes(PlacementStart other) =>
        Offset < other.Offset || (Offset == other.Offset && (Rank < 0 || (Rank <= other.Rank && Ranking == other.Ranking)));
}
