namespace TinyReorder.Work;

/// <summary>What the work of an operator is proportional to. A rate in a data file belongs to one of these; the file writes the name with a small letter.</summary>
internal enum WorkQuantity
{
    /// <summary>1.</summary>
    Call,

    /// <summary>Elements of all outputs.</summary>
    Outputs,

    /// <summary>Bytes of all outputs.</summary>
    OutputBytes,

    /// <summary>Elements of the first input that is no constant.</summary>
    Inputs,

    /// <summary>Bytes of the inputs that are no constants.</summary>
    InputBytes,

    /// <summary>Places of the window, or for other operators the innermost runs of the output: its elements over its last dimension.</summary>
    Pixels,

    /// <summary>Outputs at the last place of a window where the number of places is odd.</summary>
    OddOutputs,

    /// <summary>Multiplications at the last place of a window where the number of places is odd.</summary>
    OddMacs,

    /// <summary>Taps of the window inside of the image, over all outputs.</summary>
    Taps,

    /// <summary>Taps of the window outside of the image, over all outputs.</summary>
    OutsideTaps,

    /// <summary>Multiplications, of windows those inside of the image.</summary>
    Macs,

    /// <summary>Multiplications with padding as if it were data.</summary>
    PaddedMacs,

    /// <summary>Elements that a convolution gathers into columns: places times the elements of a window.</summary>
    Columns,

    /// <summary>Elements of the weights.</summary>
    Weights,

    /// <summary>Numbers in the list of what to gather, or of a mask.</summary>
    Indices,

    /// <summary>Pieces that are copied one after the other.</summary>
    Pieces,

    /// <summary>Bytes of the update that DYNAMIC_UPDATE_SLICE writes.</summary>
    UpdateBytes,

    /// <summary>Bytes that are copied because input and output do not lie at the same place.</summary>
    MovedBytes,

    /// <summary>Copies of tensors between a subgraph and its caller.</summary>
    Copies,
}
