namespace TinyReorder;

/// <summary>What of a model may be rewritten.</summary>
public enum RewriteKind
{
    /// <summary>Nothing: only the order of the operators changes.</summary>
    Off,

    /// <summary>Regions of convolutions and what lies between them become loops over rows, with the same answers in a smaller arena.</summary>
    Stream,
}
