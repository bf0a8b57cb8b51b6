using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Overlaps;

/// <summary>
/// Runs the plainest form of a kernel's loop element by element over one memory that remembers whose element lies in each byte, and notes when a read finds
/// another one: what a simulator over ranges has to agree with.
/// </summary>
internal sealed class LoopTracker
{
    private readonly int[] owner;
    private readonly int input;
    private readonly int output;
    private readonly int elementBytes;

    public LoopTracker(int elements, int outputElements, int elementBytes, int distance)
    {
        this.elementBytes = elementBytes;
        output = Math.Max(0, -distance);
        input = output + distance;
        owner = new int[Math.Max(output + (outputElements * elementBytes), input + (elements * elementBytes))];
        for (int i = 0; i < elements * elementBytes; i++)
            owner[input + i] = 1 + (i / elementBytes);
    }

    public bool IsHarmed { get; private set; }

    public void Read(int element)
    {
        for (int i = 0; i < elementBytes; i++)
            IsHarmed |= owner[input + (element * elementBytes) + i] != 1 + element;
    }

    public void Write(int element) => Array.Fill(owner, -1, output + (element * elementBytes), elementBytes);

    /// <summary>A convolution, depthwise convolution or pool of a single image with the same stride both ways.</summary>
    public static bool Convolves((int Height, int Width, int Channels) input, int outputs, int kernel, int stride, int dilation, Padding padding, bool mixes,
        int elementBytes, int distance)
    {
        int effective = ((kernel - 1) * dilation) + 1;
        (int rows, int top) = Slide(input.Height, effective, stride, padding);
        (int columns, int left) = Slide(input.Width, effective, stride, padding);
        var memory = new LoopTracker(input.Height * input.Width * input.Channels, rows * columns * outputs, elementBytes, distance);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                for (int channel = 0; channel < outputs; channel++)
                {
                    for (int tap = 0; tap < kernel * kernel; tap++)
                    {
                        int y = (row * stride) - top + (tap / kernel * dilation), x = (column * stride) - left + (tap % kernel * dilation);
                        if (y < 0 || x < 0 || y >= input.Height || x >= input.Width)
                            continue;
                        for (int read = 0; read < input.Channels; read++)
                        {
                            if (mixes || read == channel * input.Channels / outputs)
                                memory.Read((((y * input.Width) + x) * input.Channels) + read);
                        }
                    }
                    memory.Write((((row * columns) + column) * outputs) + channel);
                }
            }
        }
        return !memory.IsHarmed;
    }

    private static (int Count, int Before) Slide(int size, int effective, int stride, Padding padding)
    {
        int count = ((padding == Padding.Same ? size : size - effective + 1) + stride - 1) / stride;
        return (count, padding == Padding.Same ? Math.Max(0, ((count - 1) * stride) + effective - size) / 2 : 0);
    }
}
