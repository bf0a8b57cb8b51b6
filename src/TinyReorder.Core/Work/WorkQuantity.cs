namespace TinyReorder.Work;

/// <summary>
/// What the work of an operator is proportional to. A rate in a data file belongs to one of these; the file writes the name with a small letter.
/// </summary>
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

    /// <summary><see cref="Inputs"/> times the dimensions of that input.</summary>
    InputIndices,

    /// <summary>Bytes of the inputs that are no constants.</summary>
    InputBytes,

    /// <summary>Places of the window, or for other operators the innermost runs of the output: its elements over its last dimension.</summary>
    Pixels,

    /// <summary>Rows of the output: its elements over its last two dimensions.</summary>
    Rows,

    /// <summary>
    /// Outputs at the last place of a window where the number of places is odd; of a window of one element that steps, at the last place of each row.
    /// </summary>
    OddOutputs,

    /// <summary>Multiplications at the places of <see cref="OddOutputs"/>.</summary>
    OddMacs,

    /// <summary>Taps of the window inside of the image, over all outputs.</summary>
    Taps,

    /// <summary>Taps of the window outside of the image, over all outputs.</summary>
    OutsideTaps,

    /// <summary>Taps of the window inside of the image, over all places.</summary>
    PlaceTaps,

    /// <summary>Taps of the window outside of the image, over all places.</summary>
    PlaceOutsideTaps,

    /// <summary>Rows of the window, over all outputs.</summary>
    WindowRows,

    /// <summary>Rows of the window, over all places.</summary>
    PlaceWindowRows,

    /// <summary>Outputs in the channels behind the last group of four.</summary>
    RestOutputs,

    /// <summary>Taps inside of the image in the channels behind the last group of four.</summary>
    RestTaps,

    /// <summary>Multiplications, of windows those inside of the image.</summary>
    Macs,

    /// <summary>Multiplications behind the last group of four of each output.</summary>
    RestMacs,

    /// <summary>Outputs of a window that has sixteen elements or more.</summary>
    BlockOutputs,

    /// <summary>Multiplications in groups of four behind the last group of sixteen of each output.</summary>
    BlockRestMacs,

    /// <summary>Outputs in the last channel where the number of channels is odd.</summary>
    OddChannelOutputs,

    /// <summary>Multiplications in the last channel where the number of channels is odd.</summary>
    OddChannelMacs,

    /// <summary>Multiplications with padding as if it were data.</summary>
    PaddedMacs,

    /// <summary>Elements that a convolution gathers into columns: places times the elements of a window.</summary>
    Columns,

    /// <summary>Elements of the weights.</summary>
    Weights,

    /// <summary>Elements of the weights, for each row of the output.</summary>
    RowWeights,

    /// <summary>Outputs in the units of FULLY_CONNECTED behind the last group of three.</summary>
    ThirdOutputs,

    /// <summary>Multiplications of <see cref="ThirdOutputs"/>.</summary>
    ThirdMacs,

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

    /// <summary>Runs of a subgraph that an operator calls.</summary>
    SubgraphRuns,
}
