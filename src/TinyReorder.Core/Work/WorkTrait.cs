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

    /// <summary>The window is not dilated.</summary>
    Undilated = 4,

    /// <summary>The window has three rows and three columns.</summary>
    ThreeByThree = 8,

    /// <summary>The window reads every channel of the input.</summary>
    OneGroup = 16,

    /// <summary>The window has 512 elements or more.</summary>
    LongWindow = 16384,

    /// <summary>There is one batch.</summary>
    OneBatch = 32,

    /// <summary>There are as many input as output channels.</summary>
    OneToOne = 64,

    /// <summary>Each input channel makes a multiple of four output channels.</summary>
    MultiplierOfFour = 128,

    /// <summary>The image of TRANSPOSE_CONV has more than sixteen channels.</summary>
    Deep = 256,

    /// <summary>The output has one channel.</summary>
    OneChannel = 512,

    /// <summary>Inputs have other numbers of elements than the output.</summary>
    Broadcast = 1024,

    /// <summary>An operand has one element.</summary>
    OneValue = 2048,

    /// <summary>The mean is over rows and columns of an image and keeps the dimensions.</summary>
    OverImage = 4096,

    /// <summary>PAD adds to the last dimension.</summary>
    Widens = 8192,
}
