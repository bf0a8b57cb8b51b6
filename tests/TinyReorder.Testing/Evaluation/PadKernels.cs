using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>PAD and PADV2: element by element, each either padding or the next one of the input.</summary>
internal static class PadKernels
{
    private const int Value = 2;

    public static void Pad(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        if (input.Type is not (TensorType.Int8 or TensorType.Int16 or TensorType.Int32 or TensorType.Float32))
            throw call.Unsupported();
        long[] amounts = call.Input(1).WholeNumbers();
        byte[] padding = call.HasInput(Value) ? call.Input(Value).Bytes.ToArray()
            : input.Type == TensorType.Int8 ? [unchecked((byte)output.ZeroPoint)] : new byte[input.ElementBytes];
        int next = 0;
        for (int i = 0; i < output.Count; i++)
        {
            if (IsPadding(input, output, amounts, i))
                padding.CopyTo(output.Bytes[(i * padding.Length)..]);
            else
                input.CopyElement(next++, output, i);
        }
    }

    private static bool IsPadding(TensorView input, TensorView output, long[] amounts, int index)
    {
        for (int i = output.Shape.Count - 1; i >= 0; i--)
        {
            long place = (index % output.Size(i)) - amounts[2 * i];
            if (place < 0 || place >= input.Size(i))
                return true;
            index /= output.Size(i);
        }
        return false;
    }
}
