using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// MEAN. Where the kernel does not know the axes beforehand it clears the output, reads the input element by element, and divides at the end: integers add up
/// beside the arena, floats in the output.
/// </summary>
internal static class MeanKernels
{
    private const int KeepDimensions = 0;

    public static void Mean(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        int[] axes = call.Input(1).WholeNumbers().Select(axis => OperatorCall.Axis(axis, input.Shape.Count)).Distinct().ToArray();
        int count = axes.Aggregate(1, (product, axis) => product * input.Size(axis));
        switch (input.Type)
        {
            case TensorType.Int8:
                Quantized<sbyte>(input, output, axes, count);
                break;
            case TensorType.Int16:
                Quantized<short>(input, output, axes, count);
                break;
            case TensorType.Float32 when call.Options.Bool(KeepDimensions) && input.Shape.Count == 4 && axes.Order().SequenceEqual([1, 2]):
                OfPixels(input, output, count);
                break;
            case TensorType.Float32:
                Single(input, output, axes, count);
                break;
            default:
                throw call.Unsupported();
        }
    }

    private static void Quantized<T>(TensorView input, TensorView output, int[] axes, int count) where T : unmanaged, IBinaryInteger<T>
    {
        Span<T> results = output.Values<T>();
        results.Clear();
        int[] sums = new int[results.Length];
        for (int i = 0; i < input.Count; i++)
            sums[Target(input, axes, i)] += int.CreateTruncating(input.Values<T>()[i]);
        FixedMultiplier factor = FixedMultiplier.Of((double)input.Scale / output.Scale);
        int shift = Math.Min(Math.Min(BitOperations.Log2((uint)count), 32), 31 + factor.Shift);
        var divided = new FixedMultiplier((int)(((long)factor.Fraction << shift) / count), factor.Shift - shift);
        for (int i = 0; i < results.Length; i++)
        {
            int mean = divided.Apply(sums[i] - (input.ZeroPoint * count)) + output.ZeroPoint;
            results[i] = T.CreateTruncating(FusedRange.Clamp(mean, FusedRange.LimitsOf(output.Type)));
        }
    }

    private static void Single(TensorView input, TensorView output, int[] axes, int count)
    {
        output.Values<float>().Clear();
        for (int i = 0; i < input.Count; i++)
            output.Values<float>()[Target(input, axes, i)] += input.Values<float>()[i];
        foreach (ref float result in output.Values<float>())
            result /= count;
    }

    private static void OfPixels(TensorView input, TensorView output, int count)
    {
        int channels = input.Size(3);
        for (int i = 0; i < output.Count; i++)
        {
            float sum = 0;
            for (int pixel = 0; pixel < count; pixel++)
                sum += input.Values<float>()[(((i / channels * count) + pixel) * channels) + (i % channels)];
            output.Values<float>()[i] = sum / count;
        }
    }

    /// <summary>The index of the output that an element of the input belongs to.</summary>
    private static int Target(TensorView input, int[] axes, int index)
    {
        int target = 0, step = 1;
        for (int i = input.Shape.Count - 1; i >= 0; i--)
        {
            if (!axes.Contains(i))
            {
                target += index % input.Size(i) * step;
                step *= input.Size(i);
            }
            index /= input.Size(i);
        }
        return target;
    }
}
