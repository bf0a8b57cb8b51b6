namespace TinyReorder.Fuzz.Mutations;

/// <summary>What stands at a place of a FlatBuffer.</summary>
internal enum FieldKind
{
    /// <summary>An unsigned offset to a table, a vector or a string.</summary>
    Offset,

    /// <summary>The number of elements of a vector or a string.</summary>
    Length,

    /// <summary>The signed offset from a table to its vtable.</summary>
    VtableLink,

    /// <summary>The vtable's own size, its table's size, or the place of a field.</summary>
    VtableEntry,

    /// <summary>A number that means itself.</summary>
    Scalar,

    /// <summary>A number that names a tensor, a buffer or an operator code.</summary>
    Index,

    /// <summary>A dimension.</summary>
    Dimension,
}
