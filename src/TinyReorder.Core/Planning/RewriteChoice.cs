namespace TinyReorder.Planning;

/// <summary>What of a model may be rewritten.</summary>
internal enum RewriteChoice
{
    /// <summary>Nothing: only the order changes.</summary>
    Off,

    /// <summary>Regions become loops over rows.</summary>
    Stream,
}
