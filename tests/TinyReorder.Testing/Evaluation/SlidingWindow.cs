namespace TinyReorder.Tests.Shared;

/// <summary>How a window slides over an image: rows and columns (kernels/padding.h says how much padding lies before the first ones).</summary>
internal readonly record struct SlidingWindow
{
    private const int PaddingSame = 0;

    public required int Height { get; init; }

    public required int Width { get; init; }

    public required int StrideDown { get; init; }

    public required int StrideRight { get; init; }

    public required int DilationDown { get; init; }

    public required int DilationRight { get; init; }

    /// <summary>Rows of padding above.</summary>
    public required int PadTop { get; init; }

    /// <summary>Columns of padding on the left.</summary>
    public required int PadLeft { get; init; }

    /// <summary>The window of an operator's options, which begin with the padding, the stride to the right and the stride down.</summary>
    public static SlidingWindow Of(OperatorCall call, TensorView image, (int Height, int Width) size, int dilationSlot = 0)
    {
        int right = call.Options.Int32(1), down = call.Options.Int32(2);
        int dilationRight = dilationSlot == 0 ? 1 : call.Options.Int32(dilationSlot, 1);
        int dilationDown = dilationSlot == 0 ? 1 : call.Options.Int32(dilationSlot + 1, 1);
        bool same = call.Options.Byte(0) == PaddingSame;
        return new SlidingWindow
        {
            Height = size.Height,
            Width = size.Width,
            StrideDown = down,
            StrideRight = right,
            DilationDown = dilationDown,
            DilationRight = dilationRight,
            PadTop = PadOf(same, image.Size(1), size.Height, down, dilationDown),
            PadLeft = PadOf(same, image.Size(2), size.Width, right, dilationRight),
        };
    }

    /// <summary>The row of the image under a row of the window at a row of the output; it may lie outside.</summary>
    public int Row(int output, int tap) => (output * StrideDown) - PadTop + (tap * DilationDown);

    /// <summary>The same for columns.</summary>
    public int Column(int output, int tap) => (output * StrideRight) - PadLeft + (tap * DilationRight);

    private static int PadOf(bool same, int image, int size, int stride, int dilation)
    {
        int reach = ((size - 1) * dilation) + 1, places = same ? (image + stride - 1) / stride : (image + stride - reach) / stride;
        return Math.Max(0, (((places - 1) * stride) + reach - image) / 2);
    }
}
