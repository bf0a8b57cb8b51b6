namespace TinyReorder;

/// <summary>Whether an operator's output may share memory with an input that is dead behind the operator.</summary>
public enum OverlapKind
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Exactly in the place of an input of the same bytes.</summary>
    InPlace,

    /// <summary>Also on a part of an input, as far as the order in which the kernel reads and writes allows.</summary>
    Diagonal,
}
