using TinyReorder.Operators;

namespace TinyReorder.Overlaps;

/// <summary>
/// The loops of convolutions and pools, as read in the kernels' sources; images outside, then rows, then columns of the output, unless said otherwise. Taps
/// outside of the input are not read.
/// </summary>
internal sealed class WindowAccess(WindowShape window, AccessReplay replay)
{
    // CMSIS-NN's block of channels on cores with MVE (CH_IN_BLOCK_MVE), and the output channels that its matrix product takes at once.
    private const int BlockChannels = 124;
    private const int MatrixChannels = 2;

    private long Pixels => window.Batches * window.OutputHeight * window.OutputWidth;

    /// <summary>One output channel after the other, each reading its whole window (reference conv.h, ESP-NN).</summary>
    public void FilterByOutput() => EachPixel((pixel, batch, row, column) =>
    {
        ReadWindow(batch, row, column, 0, window.InputPixelBytes);
        replay.Write(pixel * window.OutputPixelBytes, window.OutputPixelBytes, WriteOrder.BetweenElements, window.ElementBytes);
    });

    /// <summary>One channel after the other, each reading its own channel of the window (reference depthwise_conv.h and pooling.h).</summary>
    public void ChannelByChannel() => EachPixel((pixel, batch, row, column) =>
    {
        ReadWindow(batch, row, column, 0, window.InputPixelBytes);
        replay.Write(pixel * window.OutputPixelBytes, window.OutputPixelBytes, WriteOrder.BetweenChannels, window.ElementBytes, window.InputPixelBytes);
    });

    /// <summary>
    /// Windows of some pixels are copied into a buffer; then these pixels are written (arm_convolve_s8.c). The last ones of an image are written behind it.
    /// </summary>
    public void Columns(int columns)
    {
        long first = 0, pixelsPerImage = window.OutputHeight * window.OutputWidth;
        EachPixel((pixel, batch, row, column) =>
        {
            ReadWindow(batch, row, column, 0, window.InputPixelBytes);
            if (pixel + 1 - first != columns && (pixel + 1) % pixelsPerImage != 0)
                return;
            replay.Write(first * window.OutputPixelBytes, (pixel + 1 - first) * window.OutputPixelBytes, WriteOrder.Last);
            first = pixel + 1;
        });
    }

    /// <summary>Blocks of channels outside of all pixels of an image, four pixels at a time (arm_depthwise_conv_s8_opt.c on cores with MVE).</summary>
    public void ChannelBlocks()
    {
        long blockBytes = (long)BlockChannels * window.ElementBytes;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (long start = 0; start < window.InputPixelBytes; start += blockBytes)
                Block(batch, start, Math.Min(blockBytes, window.InputPixelBytes - start));
        }
    }

    /// <summary>The first pixel of the window is copied into the output, which the others are then compared with (arm_max_pool_s8.c).</summary>
    public void Accumulate() => EachPixel((pixel, batch, row, column) =>
    {
        bool isFirst = true;
        long left = (column * window.StrideWidth) - window.PadLeft;
        for (int tap = 0; tap < window.FilterHeight; tap++)
        {
            long y = TapRow(row, tap);
            for (long x = Math.Max(0, left); y >= 0 && y < window.InputHeight && x < Math.Min(window.InputWidth, left + window.FilterWidth); x++)
            {
                replay.Read(Address(batch, y, x), window.InputPixelBytes);
                if (isFirst)
                    replay.Write(pixel * window.OutputPixelBytes, window.OutputPixelBytes, WriteOrder.Anywhere);
                isFirst = false;
            }
        }
        replay.EndStep();
    });

    /// <summary>Groups of channels outside of all pixels of an image (arm_convolve_s8.c).</summary>
    public void Groups()
    {
        long groups = window.InputChannels / window.FilterChannels;
        long read = window.FilterChannels * window.ElementBytes, write = window.OutputPixelBytes / groups;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int group = 0; group < groups; group++)
            {
                EachPixelOf(batch, (pixel, row, column) =>
                {
                    ReadWindow(batch, row, column, group * read, read);
                    replay.Write((pixel * window.OutputPixelBytes) + (group * write), write, WriteOrder.Last);
                });
            }
        }
    }

    /// <summary>A product of matrices with output channels outside and all pixels of all images inside (arm_convolve_1x1_s8_fast.c).</summary>
    public void Matrix() => Product(0, Pixels);

    /// <summary>Such a product for each row (arm_convolve_1x1_s8.c).</summary>
    public void MatrixRows()
    {
        for (long pixel = 0; pixel < Pixels; pixel += window.OutputWidth)
            Product(pixel, window.OutputWidth);
    }

    private void Product(long first, long count)
    {
        long rows = window.OutputHeight * window.OutputWidth, channelBytes = (long)MatrixChannels * window.ElementBytes;
        for (long start = 0; start < window.OutputPixelBytes; start += channelBytes)
        {
            long bytes = Math.Min(channelBytes, window.OutputPixelBytes - start);
            for (long pixel = first; pixel < first + count && replay.Conflict is null; pixel++)
            {
                ReadWindow((int)(pixel / rows), (int)(pixel % rows / window.OutputWidth), (int)(pixel % window.OutputWidth), 0, window.InputPixelBytes);
                replay.Write((pixel * window.OutputPixelBytes) + start, bytes, WriteOrder.Last);
            }
        }
    }

    private void Block(int batch, long start, long bytes)
    {
        const int Columns = 4;
        var waiting = new List<long>();
        EachPixelOf(batch, (pixel, row, column) =>
        {
            ReadWindow(batch, row, column, start, bytes);
            waiting.Add(pixel);
            if (waiting.Count == Columns)
                Flush();
        });
        Flush();

        void Flush()
        {
            foreach (long pixel in waiting)
                replay.Write((pixel * window.OutputPixelBytes) + start, bytes, WriteOrder.Last);
            waiting.Clear();
        }
    }

    private void EachPixel(Action<long, int, int, int> step)
    {
        for (int batch = 0; batch < window.Batches; batch++)
        {
            int image = batch;
            EachPixelOf(batch, (pixel, row, column) => step(pixel, image, row, column));
        }
    }

    private void EachPixelOf(int batch, Action<long, int, int> step)
    {
        long pixel = (long)batch * window.OutputHeight * window.OutputWidth;
        for (int row = 0; row < window.OutputHeight; row++)
        {
            for (int column = 0; column < window.OutputWidth && replay.Conflict is null; column++)
                step(pixel++, row, column);
        }
    }

    /// <summary>Reads some bytes of each pixel under the window; those of neighbours at once where they touch.</summary>
    private void ReadWindow(int batch, int row, int column, long start, long bytes)
    {
        bool touch = window.DilationWidth == 1 && bytes == window.InputPixelBytes;
        long left = (column * window.StrideWidth) - window.PadLeft, first = Math.Max(0, left), end = Math.Min(window.InputWidth, left + window.FilterWidth);
        for (int tap = 0; tap < window.FilterHeight; tap++)
        {
            long y = TapRow(row, tap);
            if (y < 0)
                continue;
            if (y >= window.InputHeight)
                return;
            if (touch && first < end)
                replay.Read(Address(batch, y, first), (end - first) * bytes);
            for (int i = 0; !touch && i < window.FilterWidth; i++)
            {
                long x = left + (i * window.DilationWidth);
                if (x >= 0 && x < window.InputWidth)
                    replay.Read(Address(batch, y, x) + start, bytes);
            }
        }
    }

    private long TapRow(int row, int tap) => (row * window.StrideHeight) - window.PadTop + (tap * window.DilationHeight);

    private long Address(int batch, long row, long column) =>
        (batch * window.InputImageBytes) + (row * window.InputRowBytes) + (column * window.InputPixelBytes);
}
