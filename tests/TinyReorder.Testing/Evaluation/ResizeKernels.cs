using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>RESIZE_NEAREST_NEIGHBOR copies pixel by pixel, RESIZE_BILINEAR writes element by element.</summary>
internal static class ResizeKernels
{
    // BILINEAR's options begin with two fields that are no longer used.
    private const int NearestSlot = 0, BilinearSlot = 2;

    public static void NearestNeighbor(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        bool aligns = call.Options.Bool(NearestSlot), usesHalf = call.Options.Bool(NearestSlot + 1);
        int pixel = input.Size(3) * input.ElementBytes;
        for (int i = 0; i < output.Product(0, 3); i++)
        {
            int column = i % output.Size(2), row = i / output.Size(2) % output.Size(1), batch = i / output.Size(2) / output.Size(1);
            int y = Nearest(row, input.Size(1), output.Size(1), aligns, usesHalf), x = Nearest(column, input.Size(2), output.Size(2), aligns, usesHalf);
            input.CopyBytes(((((batch * input.Size(1)) + y) * input.Size(2)) + x) * pixel, output, i * pixel, pixel);
        }
    }

    public static void Bilinear(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        bool aligns = call.Options.Bool(BilinearSlot), usesHalf = call.Options.Bool(BilinearSlot + 1);
        switch (input.Type)
        {
            case TensorType.Int8:
                EachPixel(input, output, (row, column) =>
                {
                    (int First, int Last, int Weight) y = WholeAxis(row, input.Size(1), output.Size(1), aligns, usesHalf);
                    (int First, int Last, int Weight) x = WholeAxis(column, input.Size(2), output.Size(2), aligns, usesHalf);
                    return ((y.First, y.Last, x.First, x.Last), (at, i) => output.Values<sbyte>()[i] = Mix(input.Values<sbyte>(), at, y.Weight, x.Weight));
                });
                break;
            case TensorType.Float32:
                EachPixel(input, output, (row, column) =>
                {
                    (int First, int Last, float Weight) y = Axis(row, input.Size(1), output.Size(1), aligns, usesHalf);
                    (int First, int Last, float Weight) x = Axis(column, input.Size(2), output.Size(2), aligns, usesHalf);
                    return ((y.First, y.Last, x.First, x.Last), (at, i) => output.Values<float>()[i] = Mix(input.Values<float>(), at, y.Weight, x.Weight));
                });
                break;
            default:
                throw call.Unsupported();
        }
    }

    /// <summary>
    /// For each pixel of the output: rows and columns of the input from <paramref name="place"/>, and what writes an element from the four indices of its
    /// neighbours.
    /// </summary>
    private static void EachPixel(
        TensorView input, TensorView output, Func<int, int, ((int Top, int Bottom, int Left, int Right) Corners, Action<int[], int> Write)> place)
    {
        int channels = input.Size(3), width = input.Size(2);
        int[] at = new int[4];
        for (int i = 0; i < output.Product(0, 3); i++)
        {
            int first = i / output.Size(2) / output.Size(1) * input.Size(1);
            ((int top, int bottom, int left, int right), Action<int[], int> write) = place(i / output.Size(2) % output.Size(1), i % output.Size(2));
            for (int channel = 0; channel < channels; channel++)
            {
                at[0] = ((((first + top) * width) + left) * channels) + channel;
                at[1] = ((((first + bottom) * width) + left) * channels) + channel;
                at[2] = ((((first + top) * width) + right) * channels) + channel;
                at[3] = ((((first + bottom) * width) + right) * channels) + channel;
                write(at, (i * channels) + channel);
            }
        }
    }

    private static int Nearest(int place, int inputs, int outputs, bool aligns, bool usesHalf)
    {
        float scale = aligns && outputs > 1 ? (inputs - 1) / (float)(outputs - 1) : inputs / (float)outputs;
        float scaled = (place + (usesHalf ? 0.5f : 0)) * scale;
        int nearest = Math.Min((int)(aligns ? MathF.Round(scaled, MidpointRounding.AwayFromZero) : MathF.Floor(scaled)), inputs - 1);
        return usesHalf ? Math.Max(0, nearest) : nearest;
    }

    private static (int First, int Last, float Weight) Axis(int place, int inputs, int outputs, bool aligns, bool usesHalf)
    {
        float scale = aligns && outputs > 1 ? (inputs - 1) / (float)(outputs - 1) : inputs / (float)outputs;
        float scaled = usesHalf ? ((place + 0.5f) * scale) - 0.5f : place * scale;
        int first = Math.Max((int)MathF.Floor(scaled), 0);
        return (first, Math.Min((int)MathF.Ceiling(scaled), inputs - 1), scaled - first);
    }

    /// <summary>The same in 1024ths.</summary>
    private static (int First, int Last, int Weight) WholeAxis(int place, int inputs, int outputs, bool aligns, bool usesHalf)
    {
        (int span, int steps) = aligns && outputs > 1 ? (inputs - 1, outputs - 1) : (inputs, outputs);
        int scale = ((1024 * span) + (steps / 2)) / steps, scaled = (place * scale) + (usesHalf ? (scale / 2) - 512 : 0);
        int first = Math.Max(scaled / 1024, 0);
        return (first, Math.Min((scaled + 1023) / 1024, inputs - 1), scaled - (1024 * first));
    }

    private static float Mix(ReadOnlySpan<float> values, int[] at, float down, float right) =>
        (values[at[0]] * (1 - down) * (1 - right)) + (values[at[1]] * down * (1 - right)) + (values[at[2]] * (1 - down) * right)
            + (values[at[3]] * down * right);

    private static sbyte Mix(ReadOnlySpan<sbyte> values, int[] at, long down, long right)
    {
        long sum = (values[at[0]] * (1024 - down) * (1024 - right)) + (values[at[1]] * down * (1024 - right)) + (values[at[2]] * (1024 - down) * right)
            + (values[at[3]] * down * right);
        return (sbyte)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
    }
}
