namespace TinyReorder.Arenas;

/// <summary>How a search for a placement within a capacity ended.</summary>
internal enum PlacementOutcome
{
    /// <summary>A placement was found.</summary>
    Placed,

    /// <summary>There is none: the lower bound exceeds the capacity, or the search tried everything.</summary>
    Infeasible,

    /// <summary>None was found within the limits; there may be one.</summary>
    LimitReached,
}
