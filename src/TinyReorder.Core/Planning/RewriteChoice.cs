namespace TinyReorder.Planning;

/// <summary>What of a model may be rewritten.</summary>
internal enum RewriteChoice
{
    /// <summary>Nothing: only the order changes.</summary>
    Off,

    /// <summary>What converters leave and nobody needs goes: operators, tensors, copies.</summary>
    Simplify,

    /// <summary>The same, and regions become loops over rows.</summary>
    Stream,
}
