namespace TinyReorder.Operators;

/// <summary>
/// The closed form of the least distance for kernels that write their output pixel by pixel, row by row, image by image: nothing may be written on bytes that
/// are still to be read. All it needs of a kernel is the first row and the first column of the input that each row and column of the output reads.
/// </summary>
internal sealed class PixelGrid
{
    /// <summary>Stands for a row or column that reads nothing.</summary>
    public const long Nothing = -1;

    // Far above any tensor, far below overflow.
    private const long Never = 1L << 60;

    public required int Batches { get; init; }

    /// <summary>For each row of the output, the first row of the input that it reads, or <see cref="Nothing"/>.</summary>
    public required long[] FirstRows { get; init; }

    /// <summary>For each column of the output, the first column of the input that it reads, or <see cref="Nothing"/>.</summary>
    public required long[] FirstColumns { get; init; }

    public required long InputPixelBytes { get; init; }

    public required long InputRowBytes { get; init; }

    public required long InputImageBytes { get; init; }

    public required long OutputPixelBytes { get; init; }

    private long OutputRowBytes => FirstColumns.Length * OutputPixelBytes;

    private long OutputImageBytes => FirstRows.Length * OutputRowBytes;

    /// <summary>
    /// Row by row: when row r is complete, it ends below all that row r and later ones read. The maximum over r of (r + 1) * output row - first input row
    /// that r or a later row reads.
    /// </summary>
    public long RowDistance()
    {
        long[] rows = LeastFromHereOn(FirstRows);
        return OverImages(nextImage =>
        {
            long distance = -Never;
            for (int row = 0; row < FirstRows.Length; row++)
                distance = Math.Max(distance, ((row + 1) * OutputRowBytes) - Math.Min(Address(rows[row], 0), nextImage));
            return distance;
        });
    }

    /// <summary>
    /// Pixel by pixel: a pixel may be written up to <paramref name="earlyBytes"/> while its own window is still read, and as a whole before those of later
    /// pixels are. With the whole pixel as early bytes the form does not depend on the order inside a pixel; negative early bytes mean that none is.
    /// </summary>
    public long PixelDistance(long earlyBytes)
    {
        long[] rows = LeastFromHereOn(FirstRows), columns = LeastFromHereOn(FirstColumns);
        return OverImages(nextImage =>
        {
            long distance = -Never;
            for (int row = 0; row < FirstRows.Length; row++)
            {
                long later = Math.Min(row + 1 < rows.Length ? Address(rows[row + 1], columns[0]) : Never, nextImage);
                for (int column = 0; column < FirstColumns.Length; column++)
                {
                    long pixel = ((row * (long)FirstColumns.Length) + column) * OutputPixelBytes;
                    long rest = column + 1 < columns.Length ? Address(FirstRows[row], columns[column + 1]) : Never;
                    distance = Math.Max(distance, pixel + OutputPixelBytes - Math.Min(rest, later));
                    if (earlyBytes >= 0)
                        distance = Math.Max(distance, pixel + earlyBytes - Address(FirstRows[row], FirstColumns[column]));
                }
            }
            return distance;
        });
    }

    /// <summary>
    /// The largest distance over all images, of which one is given with the first byte that images behind it read. Each image starts where the one before
    /// ends, so the first and the last of those that have one behind them decide, and the very last.
    /// </summary>
    private long OverImages(Func<long, long> image)
    {
        long shift = OutputImageBytes - InputImageBytes;
        long distance = image(Never) + ((Batches - 1) * shift);
        if (Batches > 1)
            distance = Math.Max(distance,
                image(InputImageBytes + Address(LeastFromHereOn(FirstRows)[0], LeastFromHereOn(FirstColumns)[0])) + Math.Max(0, (Batches - 2) * shift));
        return distance;
    }

    private long Address(long row, long column) =>
        row is Nothing or Never || column is Nothing or Never ? Never : (row * InputRowBytes) + (column * InputPixelBytes);

    private static long[] LeastFromHereOn(long[] firsts)
    {
        long[] least = new long[firsts.Length];
        long known = Never;
        for (int i = firsts.Length - 1; i >= 0; i--)
            least[i] = known = firsts[i] == Nothing ? known : Math.Min(known, firsts[i]);
        return least;
    }
}
