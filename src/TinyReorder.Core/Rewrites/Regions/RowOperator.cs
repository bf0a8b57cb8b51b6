namespace TinyReorder.Rewrites.Regions;

/// <summary>An operator that works row by row along an axis of images: which rows it reads for which it writes.</summary>
internal sealed record RowOperator
{
    /// <summary>How rows depend on rows.</summary>
    public required RowKind Kind { get; init; }

    /// <summary>The positions of the inputs that have rows; the other inputs are read whole.</summary>
    public required IReadOnlyList<int> RowInputs { get; init; }

    /// <summary>Rows of the inputs that have rows.</summary>
    public required int InputRows { get; init; }

    /// <summary>Rows of the output.</summary>
    public required int OutputRows { get; init; }

    /// <summary>How many rows the window reaches over, gaps of dilation included.</summary>
    public int Reach { get; init; } = 1;

    /// <summary>Rows that the window, or what is taken, moves on for each row of the output.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The row that is taken for the first one.</summary>
    public int Start { get; init; }

    /// <summary>Rows of padding before the first one.</summary>
    public int PadBefore { get; init; }

    /// <summary>Rows of padding behind the last one, as far as a window reaches there.</summary>
    public int PadBehind { get; init; }

    /// <summary>Columns of padding before and behind each row, which a window of a band has to be given.</summary>
    public (int Before, int Behind) Columns { get; init; }

    /// <summary>Whether padding has to be the operator's own, because data in its place would count.</summary>
    public bool HasToKeepPadding { get; init; }

    /// <summary>Whether padding that is data has to be the lowest value instead of zero.</summary>
    public bool PadsWithLowest { get; init; }

    /// <summary>A block's rows of the output for <see cref="BlockInputs"/> rows of the input.</summary>
    public int BlockOutputs { get; init; } = 1;

    /// <summary>A block's rows of the input.</summary>
    public int BlockInputs { get; init; } = 1;

    /// <summary>Whether rows outside of the image are read, and have to be padding.</summary>
    public bool ReadsPadding => PadBefore > 0 || PadBehind > 0;

    /// <summary>The first row that is read for output row <paramref name="row"/>; it may lie outside of the image. A block's row must be the first of its block.</summary>
    public int FirstRead(int row) => Kind switch
    {
        RowKind.Window => (row * Stride) - PadBefore,
        RowKind.Taken => (row * Stride) + Start,
        RowKind.Pad => row - PadBefore,
        RowKind.Block => row * BlockInputs / BlockOutputs,
        _ => row,
    };

    /// <summary>How many rows are read for <paramref name="rows"/> rows of the output.</summary>
    public int ReadRows(int rows) => Kind switch
    {
        RowKind.Window or RowKind.Taken => ((rows - 1) * Stride) + Reach,
        RowKind.Block => rows * BlockInputs / BlockOutputs,
        _ => rows,
    };
}
