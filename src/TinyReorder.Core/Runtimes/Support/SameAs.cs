namespace TinyReorder.Runtimes.Support;

/// <summary>In what operands have to agree.</summary>
internal enum SameAs
{
    /// <summary>The element type.</summary>
    Type,

    /// <summary>The number of elements.</summary>
    Elements,

    /// <summary>Every dimension.</summary>
    Shape,

    /// <summary>The first scale and zero point.</summary>
    Quantization,
}
