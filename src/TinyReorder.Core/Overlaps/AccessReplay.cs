namespace TinyReorder.Overlaps;

/// <summary>
/// Follows a kernel step by step: the ranges of the input that it reads and those of the output that it writes, in bytes from the start of each tensor. The
/// first read of a byte that has been written over is kept.
/// </summary>
/// <param name="distanceBytes">How far the input starts above the output.</param>
internal sealed class AccessReplay(long distanceBytes)
{
    private readonly List<(long Start, long End)> reads = [];
    // Ranges of the output in the order in which they are written; one where it is written from its start to its end.
    private readonly List<(long Start, long End)> written = [];
    private long lowest = long.MaxValue;
    private long highest = long.MinValue;

    /// <summary>The first conflict, or null.</summary>
    public string? Conflict { get; private set; }

    /// <summary>Reads bytes of the input in the step that runs.</summary>
    public void Read(long start, long bytes)
    {
        (long Start, long End) read = (distanceBytes + start, distanceBytes + start + bytes);
        if (IsWritten(read))
            Report(start, bytes, "has been written over before it is read");
        reads.Add(read);
    }

    /// <summary>Writes bytes of the output and ends the step.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="order">How the writes lie among the step's reads.</param>
    /// <param name="elementBytes">The bytes of an element, where the order speaks of elements.</param>
    /// <param name="inputPixelBytes">The bytes of a pixel of the input, where the order speaks of channels; each read is one or more whole pixels.</param>
    public void Write(long start, long bytes, WriteOrder order, int elementBytes = 1, long inputPixelBytes = 0)
    {
        (long Start, long End) write = (start, start + bytes);
        foreach ((long Start, long End) read in reads)
        {
            if (Overlap(read, write) && IsHarmed(read, write, order, elementBytes, inputPixelBytes))
                Report(read.Start - distanceBytes, read.End - read.Start, "is written over while it is read");
        }
        reads.Clear();
        Add(write);
    }

    /// <summary>Ends a step that writes nothing.</summary>
    public void EndStep() => reads.Clear();

    /// <summary>Notes a conflict that was found otherwise.</summary>
    public void Fail(string what) => Conflict ??= what;

    private static bool Overlap((long Start, long End) one, (long Start, long End) other) => one.Start < other.End && other.Start < one.End;

    private static bool IsHarmed((long Start, long End) read, (long Start, long End) write, WriteOrder order, int elementBytes,
        long inputPixelBytes) => order switch
        {
            WriteOrder.Last => false,
            WriteOrder.Copy => read != write,
            WriteOrder.BetweenElements => write.End - elementBytes > write.Start && Overlap(read, (write.Start, write.End - elementBytes)),
            WriteOrder.BetweenChannels => IsHarmedBetweenChannels(read, write, elementBytes, inputPixelBytes),
            _ => true,
        };

    /// <summary>
    /// Element w is made of channel w / m of the pixel, m the outputs of each channel; when it is written, element w + 1 and its channel are still to come.
    /// </summary>
    private static bool IsHarmedBetweenChannels((long Start, long End) read, (long Start, long End) write, int elementBytes, long inputPixelBytes)
    {
        long elements = (write.End - write.Start) / elementBytes, outputsPerChannel = (write.End - write.Start) / inputPixelBytes;
        for (long pixel = read.Start; pixel < read.End; pixel += inputPixelBytes)
        {
            if (!Overlap((pixel, pixel + inputPixelBytes), write))
                continue;
            if (outputsPerChannel == 1)
            {
                // Element w falls on channel w or one before it, unless the output lies above the pixel.
                if (write.Start > pixel && elements > 1)
                    return true;
                continue;
            }
            for (long element = 0; element + 1 < elements; element++)
            {
                long at = write.Start + (element * elementBytes);
                if (Overlap((at, at + elementBytes), (pixel + ((element + 1) / outputsPerChannel * elementBytes), pixel + inputPixelBytes)))
                    return true;
            }
        }
        return false;
    }

    private void Add((long Start, long End) range)
    {
        int last = written.Count - 1;
        if (last >= 0 && range.Start == written[last].End)
            written[last] = (written[last].Start, range.End);
        else
            written.Add(range);
        lowest = Math.Min(lowest, range.Start);
        highest = Math.Max(highest, range.End);
    }

    private bool IsWritten((long Start, long End) read)
    {
        if (!Overlap(read, (lowest, highest)))
            return false;
        foreach ((long Start, long End) range in written)
        {
            if (Overlap(range, read))
                return true;
        }
        return false;
    }

    private void Report(long start, long bytes, string what) => Conflict ??= $"bytes {start} to {start + bytes - 1} of the input: some of it {what}";
}
