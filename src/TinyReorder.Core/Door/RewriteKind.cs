namespace TinyReorder;

/// <summary>What of a model may be rewritten.</summary>
public enum RewriteKind
{
    /// <summary>Nothing: only the order of the operators changes.</summary>
    Off,

    /// <summary>Operators, tensors and copies that nobody needs go, with the same answers.</summary>
    Simplify,

    /// <summary>The same, and regions of convolutions and what lies between them become loops over rows, with the same answers in a smaller arena.</summary>
    Stream,
}
