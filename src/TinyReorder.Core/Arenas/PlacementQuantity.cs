namespace TinyReorder.Arenas;

/// <summary>What items are ranked by, the largest first.</summary>
internal enum PlacementQuantity
{
    /// <summary>The item's size.</summary>
    Size,

    /// <summary>Its lifetime in steps.</summary>
    Lifetime,

    /// <summary>Size times lifetime.</summary>
    Area,

    /// <summary>The fullest section that it is in.</summary>
    FullestSection,

    /// <summary>The number of sections that it is in.</summary>
    Sections,

    /// <summary>How early its first section is.</summary>
    First,

    /// <summary>How late its last section is.</summary>
    Last,
}
