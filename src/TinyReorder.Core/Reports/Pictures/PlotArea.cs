namespace TinyReorder.Reports.Pictures;

/// <summary>Where bytes and columns lie in a picture. Coordinates have so many decimals that each byte can be read back from them.</summary>
internal sealed record PlotArea(decimal Left, decimal Top, decimal Width, decimal Height, int Columns, long MaxBytes)
{
    private const int ColumnDecimals = 3;

    /// <summary>The number of the column at the left.</summary>
    public int FirstColumn { get; init; }

    private readonly int byteDecimals = DecimalsFor(MaxBytes / Height);

    /// <summary>The width of a column.</summary>
    public decimal Pitch => Width / Columns;

    public decimal Bottom => Top + Height;

    public decimal Right => Left + Width;

    /// <summary>The left edge of a column.</summary>
    public decimal X(int column) => Math.Round(Left + (Width * (column - FirstColumn) / Columns), ColumnDecimals);

    /// <summary>The height at which <paramref name="bytes"/> end.</summary>
    public decimal Y(long bytes) => Math.Round(Bottom - (Height * bytes / MaxBytes), byteDecimals);

    /// <summary>Draws the frame with which coordinates can be turned back into bytes and columns, and the lines of round numbers with their labels.</summary>
    public void DrawFrame(SvgCanvas canvas)
    {
        canvas.Rect("tr-plot", Left, Top, Width, Height, $"data-bytes=\"{MaxBytes}\" data-columns=\"{Columns}\" data-first=\"{FirstColumn}\"");
        long step = RoundStep(MaxBytes, (int)(Height / 40));
        for (long bytes = 0; bytes <= MaxBytes; bytes += step)
        {
            canvas.Line("tr-grid", Left, Y(bytes), Right, Y(bytes));
            canvas.Text("tr-end", Left - 6, Y(bytes) + 4, Diagnostics.Quantity.Count(bytes));
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, so that at most <paramref name="most"/> of them fit into <paramref name="total"/>.</summary>
    public static long RoundStep(long total, int most)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (int factor in new[] { 1, 2, 5 })
            {
                if (total / (factor * power) <= most)
                    return factor * power;
            }
        }
    }

    /// <summary>
    /// How wide the plot of so many columns is: wide enough for labels where there are few, narrow enough for a screen where there are many.
    /// </summary>
    public static decimal WidthFor(int columns) => Math.Max(480, Math.Max(Math.Min(columns * 30m, 960), Math.Min(columns * 2m, 1600)));

    private static int DecimalsFor(decimal bytesPerPixel)
    {
        int decimals = 1;
        for (decimal resolved = 10; resolved < 2 * bytesPerPixel; resolved *= 10)
            decimals++;
        return decimals;
    }
}
