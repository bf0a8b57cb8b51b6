namespace TinyReorder.Arenas;

/// <summary>
/// Places buffers with fixed lifetimes at offsets so that those live at the same time do not overlap (dynamic storage allocation):
/// greedy placements first, then an exact search wherever they miss the lower bound.
/// </summary>
internal static class ArenaPlacer
{
    /// <summary>A placement of minimal height, or the best one found within the limits.</summary>
    /// <param name="items">The buffers; lifetimes in steps of any kind, both ends inclusive.</param>
    /// <param name="alignmentBytes">Offsets are multiples of it, and sizes count rounded up to it.</param>
    /// <param name="limits">How much work it may take; null for <see cref="PlacementLimits.Default"/>.</param>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// A size, lifetime, alignment or fixed offset is not valid, or two fixed items overlap.
    /// </exception>
    public static Placement Place(IReadOnlyList<PlacementItem> items, long alignmentBytes = 16, PlacementLimits? limits = null) =>
        Place(items, [], alignmentBytes, limits);

    /// <summary>A placement of minimal height where some items may lie on common bytes, or the best one found within the limits.</summary>
    /// <param name="items">The buffers; lifetimes in steps of any kind, both ends inclusive.</param>
    /// <param name="shares">
    /// Who may; a distance is rounded up to the alignment, and an exact one that is no multiple of it is not used. Shares of items that are
    /// never live together have no effect.
    /// </param>
    /// <param name="alignmentBytes">Offsets are multiples of it, and sizes count rounded up to it.</param>
    /// <param name="limits">How much work it may take; null for <see cref="PlacementLimits.Default"/>.</param>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// A size, lifetime, alignment, fixed offset or share is not valid, or two fixed items overlap.
    /// </exception>
    public static Placement Place(IReadOnlyList<PlacementItem> items, IReadOnlyList<PlacementShare> shares, long alignmentBytes = 16,
        PlacementLimits? limits = null)
    {
        limits ??= PlacementLimits.Default;
        PlacementClock clock = new(limits);
        PlacementRun run = new(PlacementProblem.From(items, alignmentBytes, shares), limits, clock);
        run.Minimise();
        return run.Result();
    }

    /// <summary>Any placement at most <paramref name="capacityBytes"/> high, or null.</summary>
    /// <param name="items">The buffers; lifetimes in steps of any kind, both ends inclusive.</param>
    /// <param name="capacityBytes">The bytes that there are; what is left of them below the alignment is not used.</param>
    /// <param name="outcome">How it ended: <see cref="PlacementOutcome.Placed"/> exactly when the result is not null.</param>
    /// <param name="alignmentBytes">Offsets are multiples of it, and sizes count rounded up to it.</param>
    /// <param name="limits">How much work it may take; null for <see cref="PlacementLimits.Default"/>.</param>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// A size, lifetime, alignment or fixed offset is not valid, or two fixed items overlap.
    /// </exception>
    public static Placement? PlaceWithin(IReadOnlyList<PlacementItem> items, long capacityBytes, out PlacementOutcome outcome,
        long alignmentBytes = 16, PlacementLimits? limits = null) =>
        PlaceWithin(items, [], capacityBytes, out outcome, alignmentBytes, limits);

    /// <summary>Any placement at most <paramref name="capacityBytes"/> high where some items may lie on common bytes, or null.</summary>
    /// <param name="items">The buffers; lifetimes in steps of any kind, both ends inclusive.</param>
    /// <param name="shares">Who may; see <see cref="Place(IReadOnlyList{PlacementItem}, IReadOnlyList{PlacementShare}, long, PlacementLimits?)"/>.</param>
    /// <param name="capacityBytes">The bytes that there are; what is left of them below the alignment is not used.</param>
    /// <param name="outcome">How it ended: <see cref="PlacementOutcome.Placed"/> exactly when the result is not null.</param>
    /// <param name="alignmentBytes">Offsets are multiples of it, and sizes count rounded up to it.</param>
    /// <param name="limits">How much work it may take; null for <see cref="PlacementLimits.Default"/>.</param>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// A size, lifetime, alignment, fixed offset or share is not valid, or two fixed items overlap.
    /// </exception>
    public static Placement? PlaceWithin(IReadOnlyList<PlacementItem> items, IReadOnlyList<PlacementShare> shares, long capacityBytes,
        out PlacementOutcome outcome, long alignmentBytes = 16, PlacementLimits? limits = null)
    {
        limits ??= PlacementLimits.Default;
        PlacementClock clock = new(limits);
        PlacementProblem problem = PlacementProblem.From(items, alignmentBytes, shares);
        PlacementRun run = new(problem, limits, clock);
        outcome = run.Fit(capacityBytes < 0 ? -1 : capacityBytes / problem.Unit);
        return outcome == PlacementOutcome.Placed ? run.Result() : null;
    }
}
