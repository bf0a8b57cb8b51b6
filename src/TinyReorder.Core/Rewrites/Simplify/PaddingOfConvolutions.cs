using TinyReorder.Operators;
using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Lets convolutions pad by themselves where a PAD before them adds what SAME does. A convolution with SAME reads zero outside of the image, which is what PAD
/// writes there: the zero point, or 0. With as many rows above and columns on the left, and as many places of the window, each window then lies on the same
/// elements; what PAD adds below and on the right, beyond what a window reaches, nobody reads. Kernels leave out what is outside, or multiply it by zero: with
/// whole numbers that is the same, and with floats where every weight is finite, since a sum that begins at +0 is not changed by adding +0 or -0.
/// </summary>
internal sealed class PaddingOfConvolutions : SimplifyRule
{
    private const int ValidPadding = 1, Height = 1, Width = 2;

    public override string Name => "pad";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        foreach (SimpleOperator pad in graph.Operators)
        {
            if (pad.Kind != "PAD" || pad.Inputs.Length != 2 || pad.Inputs[0] is not { } input || pad.Outputs.Length != 1)
                continue;
            DraftTensor output = pad.Outputs[0];
            if (graph.IsOutput(output)
                || PadShape.Of(graph.Original, pad.Like) is not { PadsBatch: false, PadsChannels: false } shape || input.Shape.Count != 4
                || !SimpleGraph.IsActivation(input) || !SimpleGraph.IsActivation(output) || !SimpleGraph.AreAlike(input, output)
                || input.Type is not (TensorType.Int8 or TensorType.Float32) || !IsZero(input))
                continue;
            SimpleOperator[] readers = [.. graph.ReadersOf(output)];
            if (readers.Length == 0 || readers.Any(reader => !TakesPadding(graph, reader, input, output, shape)))
                continue;
            foreach (SimpleOperator reader in readers)
            {
                graph.SetInput(reader, 0, input);
                reader.Options = Same(reader.Like);
            }
            graph.Remove(pad, Name, readers[0].Index);
            isChanged = true;
        }
        return isChanged;
    }

    /// <summary>Whole numbers need one scale and zero point, so that the padding is the number that stands for zero.</summary>
    private static bool IsZero(DraftTensor tensor) => tensor.Type == TensorType.Float32 || tensor.Kept is { Scales.Count: 1, ZeroPointCount: <= 1 };

    private static bool TakesPadding(SimpleGraph graph, SimpleOperator op, DraftTensor input, DraftTensor padded, PadShape pad)
    {
        if (op.Kind is not ("CONV_2D" or "DEPTHWISE_CONV_2D") || op.Options is not null || op.Like.Options.Byte(0) != ValidPadding
            || op.Inputs.Length < 2 || op.Inputs.Skip(1).Contains(padded) || op.Inputs[1] is not { } filter || graph.FindData(filter) is not { } weights
            || filter.Type != input.Type || WindowShape.Of(graph.Original, op.Like) is not { } window)
            return false;
        WindowShape same = WindowShape.AsWritten(input.Kept!, op.Outputs[0].Kept!, ((int)window.FilterHeight, (int)window.FilterWidth),
            ((int)window.StrideHeight, (int)window.StrideWidth), ((int)window.DilationHeight, (int)window.DilationWidth), isSame: true);
        return same.PadTop == pad.Before[Height] && same.PadLeft == pad.Before[Width]
            && window.OutputHeight == Places(window.StrideHeight, input.Shape[Height]) && window.OutputWidth == Places(window.StrideWidth, input.Shape[Width])
            && (input.Type != TensorType.Float32 || IsFinite(weights));
    }

    private static long Places(long stride, int size) => (size + stride - 1) / stride;

    private static bool IsFinite(ArraySegment<byte> weights)
    {
        for (int i = 0; i + 4 <= weights.Count; i += 4)
        {
            const uint exponent = 0x7F800000;
            if ((LittleEndian.ReadUInt32(weights.Array!, weights.Offset + i) & exponent) == exponent)
                return false;
        }
        return true;
    }

    /// <summary>The options of a convolution with the padding SAME, which is 0.</summary>
    private static NewOptions Same(TfliteOperator op)
    {
        OperatorOptions old = op.Options;
        (int, bool, int) Number(int slot, int absent = 0) => (slot, false, old.Int32(slot, absent));
        (int, bool, int) Flag(int slot) => (slot, true, old.Byte(slot));
        return op.Kind == "CONV_2D"
            ? new(1, [Number(1), Number(2), Flag(3), Number(4, 1), Number(5, 1), Flag(6)])
            : new(2, [Number(1), Number(2), Number(3), Flag(4), Number(5, 1), Number(6, 1)]);
    }
}
