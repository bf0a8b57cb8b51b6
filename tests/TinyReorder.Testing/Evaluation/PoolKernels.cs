using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>MAX_POOL_2D and AVERAGE_POOL_2D: one element of the output after the other, each reading its own channel of the window.</summary>
internal static class PoolKernels
{
    private const int FilterWidth = 3, FilterHeight = 4, Fused = 5;

    /// <summary>Is told the index of each element of the input under the window.</summary>
    private delegate void Visit(int index);

    public static void Max(OperatorCall call)
    {
        switch (call.Input(0).Type)
        {
            case TensorType.Int8: QuantizedMax<sbyte>(call); break;
            case TensorType.Int16: QuantizedMax<short>(call); break;
            case TensorType.Float32: SingleMax(call); break;
            default: throw call.Unsupported();
        }
    }

    public static void Average(OperatorCall call)
    {
        switch (call.Input(0).Type)
        {
            case TensorType.Int8: QuantizedAverage<sbyte>(call); break;
            case TensorType.Int16: QuantizedAverage<short>(call); break;
            case TensorType.Float32: SingleAverage(call); break;
            default: throw call.Unsupported();
        }
    }

    private static void QuantizedMax<T>(OperatorCall call) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(0), output = call.Output();
        (int Min, int Max) range = FusedRange.Quantized(output, call.Options.Byte(Fused));
        int largest = 0;
        EachWindow(
            call,
            () => largest = FusedRange.LimitsOf(input.Type).Min,
            index => largest = Math.Max(largest, int.CreateTruncating(input.Values<T>()[index])),
            next => output.Values<T>()[next] = T.CreateTruncating(FusedRange.Clamp(largest, range)));
    }

    private static void SingleMax(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        (float, float) range = FusedRange.Single(call.Options.Byte(Fused));
        float largest = 0;
        EachWindow(
            call,
            () => largest = float.MinValue,
            index => largest = largest < input.Values<float>()[index] ? input.Values<float>()[index] : largest,
            next => output.Values<float>()[next] = FusedRange.Clamp(largest, range));
    }

    private static void QuantizedAverage<T>(OperatorCall call) where T : unmanaged, IBinaryInteger<T>
    {
        TensorView input = call.Input(0), output = call.Output();
        (int Min, int Max) range = FusedRange.Quantized(output, call.Options.Byte(Fused));
        int sum = 0, count = 0;
        EachWindow(
            call,
            () => sum = count = 0,
            index =>
            {
                sum += int.CreateTruncating(input.Values<T>()[index]);
                count++;
            },
            next => output.Values<T>()[next] = T.CreateTruncating(FusedRange.Clamp((sum > 0 ? sum + (count / 2) : sum - (count / 2)) / count, range)));
    }

    private static void SingleAverage(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        (float, float) range = FusedRange.Single(call.Options.Byte(Fused));
        float sum = 0, count = 0;
        EachWindow(
            call,
            () => sum = count = 0,
            index =>
            {
                sum += input.Values<float>()[index];
                count++;
            },
            next => output.Values<float>()[next] = FusedRange.Clamp(sum / count, range));
    }

    private static void EachWindow(OperatorCall call, Action begin, Visit visit, Action<int> end)
    {
        TensorView input = call.Input(0), output = call.Output();
        SlidingWindow window = SlidingWindow.Of(call, input, (call.Options.Int32(FilterHeight), call.Options.Int32(FilterWidth)));
        int rows = input.Size(1), columns = input.Size(2), channels = input.Size(3);
        for (int next = 0; next < output.Count; next++)
        {
            int channel = next % channels, pixel = next / channels, column = pixel % output.Size(2), row = pixel / output.Size(2) % output.Size(1);
            int image = pixel / output.Size(2) / output.Size(1);
            begin();
            for (int down = 0; down < window.Height; down++)
            {
                int y = window.Row(row, down);
                for (int right = 0; right < window.Width; right++)
                {
                    int x = window.Column(column, right);
                    if (y >= 0 && y < rows && x >= 0 && x < columns)
                        visit((((((image * rows) + y) * columns) + x) * channels) + channel);
                }
            }
            end(next);
        }
    }
}
