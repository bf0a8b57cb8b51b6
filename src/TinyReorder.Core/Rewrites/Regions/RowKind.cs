namespace TinyReorder.Rewrites.Regions;

/// <summary>How the rows of an operator's output depend on those of its inputs.</summary>
internal enum RowKind
{
    /// <summary>Row y reads row y.</summary>
    Point,

    /// <summary>Row y reads the rows of a window that starts at y times the stride.</summary>
    Window,

    /// <summary>Row y reads one row, at a start and y times the stride.</summary>
    Taken,

    /// <summary>Rows are added before and behind.</summary>
    Pad,

    /// <summary>So many rows become so many others.</summary>
    Block,
}
