namespace TinyReorder.Rewrites.Regions;

/// <summary>How a region is made some rows at a time.</summary>
internal abstract class RowSchedule
{
    /// <summary>What is computed again, and which windows keep their own padding.</summary>
    public abstract TurnForm Form { get; }

    /// <summary>In how many turns, or bands, the region is made.</summary>
    public abstract int Turns { get; }

    /// <summary>Rows of the last operator's output that each of them makes; the last one may make fewer.</summary>
    public abstract int RowsOfTurn { get; }
}
