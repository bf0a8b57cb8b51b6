namespace TinyReorder.Runtimes;

/// <summary>Whether an operator's output may share memory with an input that dies there.</summary>
internal enum OverlapChoice
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Exactly in the place of an input of the same bytes.</summary>
    InPlace,

    /// <summary>Also sliding into an input, as far as the kernel's access order allows.</summary>
    Diagonal,
}
