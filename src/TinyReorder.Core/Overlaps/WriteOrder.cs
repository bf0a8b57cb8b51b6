namespace TinyReorder.Overlaps;

/// <summary>How the writes of one step lie among its reads.</summary>
internal enum WriteOrder
{
    /// <summary>All reads come first.</summary>
    Last,

    /// <summary>All reads are repeated before each element is written.</summary>
    BetweenElements,

    /// <summary>Before each element only the channel of the input that it is made of is read.</summary>
    BetweenChannels,

    /// <summary>A copy of the bytes that were read, in an order of its own.</summary>
    Copy,

    /// <summary>In any order.</summary>
    Anywhere,
}
