using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>The loops of PAD and of the RESIZE operators.</summary>
internal sealed class ImageAccess(AccessReplay replay)
{
    private const int ScaleBits = 10;

    /// <summary>
    /// Each element of the output is padding or the next of the input (reference pad.h); or each run of the input's elements is one copy (arm_pad_s8.c).
    /// </summary>
    public void Pad(PadShape pad, bool copiesRuns)
    {
        long run = (pad.PadsChannels || !copiesRuns ? 1 : pad.Input[2]) * pad.Input[3] * pad.ElementBytes;
        long outputPixel = pad.Output[3] * pad.ElementBytes, read = 0, written = 0;
        for (long image = 0; image < pad.Output[0]; image++)
        {
            for (long row = 0; row < pad.Output[1]; row++)
            {
                bool isInside = IsInside(pad, 0, image) && IsInside(pad, 1, row);
                for (long column = 0; column < pad.Output[2] && replay.Conflict is null; column++)
                {
                    long start = written;
                    written += outputPixel;
                    if (!isInside || !IsInside(pad, 2, column))
                    {
                        replay.Write(start, outputPixel, WriteOrder.Last);
                        continue;
                    }
                    long before = pad.Before[3] * pad.ElementBytes;
                    if (before > 0)
                        replay.Write(start, before, WriteOrder.Last);
                    bool startsRun = !copiesRuns || pad.PadsChannels || column == pad.Before[2];
                    if (startsRun)
                    {
                        replay.Read(read, run);
                        replay.Write(start + before, run, copiesRuns ? WriteOrder.Copy : WriteOrder.BetweenChannels, pad.ElementBytes, run);
                        read += run;
                    }
                    long behind = written - (start + before + (pad.Input[3] * pad.ElementBytes));
                    if (behind > 0)
                        replay.Write(written - behind, behind, WriteOrder.Last);
                }
            }
        }
    }

    /// <summary>Each pixel is a copy of one (reference resize_nearest_neighbor.h, in its single precision).</summary>
    public void Nearest(ResizeShape resize) => EachPixel(resize, (pixel, image, row, column) =>
    {
        long y = Nearest(row, resize.InputHeight, resize.OutputHeight, resize), x = Nearest(column, resize.InputWidth, resize.OutputWidth, resize);
        Read(resize, image, y, x);
        replay.Write(pixel * resize.PixelBytes, resize.PixelBytes, WriteOrder.Copy);
    });

    /// <summary>Each channel of each pixel is mixed of that channel of four (reference resize_bilinear.h).</summary>
    public void Bilinear(ResizeShape resize) => EachPixel(resize, (pixel, image, row, column) =>
    {
        (long y0, long y1) = Between(row, resize.InputHeight, resize.OutputHeight, resize);
        (long x0, long x1) = Between(column, resize.InputWidth, resize.OutputWidth, resize);
        Read(resize, image, y0, x0);
        Read(resize, image, y0, x1);
        Read(resize, image, y1, x0);
        Read(resize, image, y1, x1);
        replay.Write(pixel * resize.PixelBytes, resize.PixelBytes, WriteOrder.BetweenChannels, resize.Type.ElementBytes(), resize.PixelBytes);
    });

    private void Read(ResizeShape resize, long image, long row, long column) =>
        replay.Read(((((image * resize.InputHeight) + row) * resize.InputWidth) + column) * resize.PixelBytes, resize.PixelBytes);

    private void EachPixel(ResizeShape resize, Action<long, long, int, int> step)
    {
        long pixel = 0;
        for (int image = 0; image < resize.Batches; image++)
        {
            for (int row = 0; row < resize.OutputHeight; row++)
            {
                for (int column = 0; column < resize.OutputWidth && replay.Conflict is null; column++)
                    step(pixel++, image, row, column);
            }
        }
    }

    private static bool IsInside(PadShape pad, int axis, long index) => index >= pad.Before[axis] && index < pad.Before[axis] + pad.Input[axis];

    private static long Nearest(int index, int inputs, int outputs, ResizeShape resize)
    {
        float scale = resize.AlignsCorners && outputs > 1 ? (inputs - 1) / (float)(outputs - 1) : inputs / (float)outputs;
        float place = (index + (resize.UsesHalfPixels ? 0.5f : 0f)) * scale;
        double whole = resize.AlignsCorners ? Math.Round(place, MidpointRounding.AwayFromZero) : Math.Floor(place);
        return Math.Max(0, Math.Min((long)whole, inputs - 1));
    }

    private static (long Lower, long Upper) Between(int index, int inputs, int outputs, ResizeShape resize) =>
        resize.Type == TensorType.Float32 ? BetweenFloats(index, inputs, outputs, resize) : BetweenIntegers(index, inputs, outputs, resize);

    private static (long Lower, long Upper) BetweenFloats(int index, int inputs, int outputs, ResizeShape resize)
    {
        float scale = resize.AlignsCorners && outputs > 1 ? (inputs - 1) / (float)(outputs - 1) : inputs / (float)outputs;
        float place = resize.UsesHalfPixels ? ((index + 0.5f) * scale) - 0.5f : index * scale;
        long lower = (long)Math.Floor(place);
        return (Math.Max(0, lower), Math.Min((long)Math.Ceiling(place), inputs - 1));
    }

    private static (long Lower, long Upper) BetweenIntegers(int index, int inputs, int outputs, ResizeShape resize)
    {
        const long One = 1L << ScaleBits;
        long scale = resize.AlignsCorners && outputs > 1
            ? ((One * (inputs - 1)) + ((outputs - 1) / 2)) / (outputs - 1)
            : ((One * inputs) + (outputs / 2)) / outputs;
        long place = resize.UsesHalfPixels ? (index * scale) + (scale / 2) - (One / 2) : index * scale;
        return (Math.Max(0, place / One), Math.Min((place + One - 1) / One, inputs - 1));
    }
}
