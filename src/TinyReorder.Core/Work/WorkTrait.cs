namespace TinyReorder.Work;

/// <summary>What a rule of a data file may ask of an operator. The file writes the name with a small letter.</summary>
[Flags]
internal enum WorkTrait
{
    None = 0,

    /// <summary>The window is one element without padding and dilation.</summary>
    Pointwise = 1,

    /// <summary>The window steps by one along both axes.</summary>
    UnitStride = 2,

    /// <summary>The window is dilated.</summary>
    Dilated = 4,

    /// <summary>Some taps of the window lie outside of the image.</summary>
    Padded = 8,

    /// <summary>The window has three rows and three columns.</summary>
    ThreeByThree = 16,

    /// <summary>Image and window have one row.</summary>
    OneRow = 32,

    /// <summary>Each input channel makes one output channel.</summary>
    OneToOne = 64,

    /// <summary>The image has one channel.</summary>
    OneChannel = 128,

    /// <summary>An input is repeated to the shape of the output.</summary>
    Broadcast = 256,

    /// <summary>There is one batch.</summary>
    OneBatch = 512,

    /// <summary>A step along the row is a multiple of four elements.</summary>
    StepsByFour = 1024,

    /// <summary>The window reads every channel of the input.</summary>
    OneGroup = 2048,
}
