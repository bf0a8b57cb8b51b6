namespace TinyReorder.Arenas;

/// <summary>By how much one item may start above another (or at its offset): by a weight or more, or by one of a few exact distances below it.</summary>
/// <param name="Weight">The least distance from which on all are allowed; at most the size of the lower item.</param>
/// <param name="Points">The exact distances below the weight, rising.</param>
internal sealed record PlacementRelation(long Weight, long[] Points)
{
    /// <summary>The least distance of all.</summary>
    public long Least => Points.Length > 0 ? Points[0] : Weight;

    public bool Allows(long distance) => distance >= Weight || Array.IndexOf(Points, distance) >= 0;
}
