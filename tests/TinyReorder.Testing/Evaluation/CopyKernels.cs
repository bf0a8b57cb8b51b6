namespace TinyReorder.Tests.Shared;

/// <summary>Operators that move elements without looking at them: some as blocks, in an order of the copy's own, some element by element.</summary>
internal static class CopyKernels
{
    private const int Axis = 0, BatchDimensions = 1, PackedAxis = 1;

    /// <summary>RESHAPE and SQUEEZE: one block.</summary>
    public static void Reshape(OperatorCall call) => call.Input(0).CopyBytes(0, call.Output(), 0, call.Output().ByteCount);

    public static void ExpandDims(OperatorCall call) => CopyElements(call.Input(0), 0, call.Output(), 0, call.Output().Count);

    /// <summary>A block of each input for each index before the axis.</summary>
    public static void Concatenation(OperatorCall call)
    {
        const int FusedSlot = 1;
        TensorView output = call.Output();
        if (call.Options.Byte(FusedSlot) != (int)Fused.None)
            throw call.Unsupported();
        int axis = OperatorCall.Axis(call.Options.Int32(Axis), output.Shape.Count), to = 0;
        for (int outer = 0; outer < output.Product(0, axis); outer++)
        {
            for (int i = 0; i < call.InputCount; i++)
            {
                TensorView input = call.Input(i);
                int bytes = input.Product(axis, input.Shape.Count) * input.ElementBytes;
                input.CopyBytes(outer * bytes, output, to, bytes);
                to += bytes;
            }
        }
    }

    public static void Split(OperatorCall call) => Split(call, call.Input(1), call.Input(0));

    public static void SplitV(OperatorCall call) => Split(call, call.Input(0), call.Input(2));

    public static void Pack(OperatorCall call)
    {
        TensorView output = call.Output();
        int axis = OperatorCall.Axis(call.Options.Int32(PackedAxis), output.Shape.Count), run = output.Product(axis + 1, output.Shape.Count);
        for (int i = 0; i < call.InputCount; i++)
        {
            for (int outer = 0; outer < output.Product(0, axis); outer++)
                CopyElements(call.Input(i), outer * run, output, ((outer * call.InputCount) + i) * run, run);
        }
    }

    public static void Unpack(OperatorCall call)
    {
        TensorView input = call.Input(0);
        int axis = OperatorCall.Axis(call.Options.Int32(PackedAxis), input.Shape.Count), run = input.Product(axis + 1, input.Shape.Count);
        for (int i = 0; i < call.OutputCount; i++)
        {
            for (int outer = 0; outer < input.Product(0, axis); outer++)
                CopyElements(input, ((outer * call.OutputCount) + i) * run, call.Output(i), outer * run, run);
        }
    }

    /// <summary>A block for each position.</summary>
    public static void Gather(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        long[] positions = call.Input(1).WholeNumbers();
        int rank = input.Shape.Count, axis = OperatorCall.Axis(call.Options.Int32(Axis), rank);
        int batchDimensions = OperatorCall.Axis(call.Options.Int32(BatchDimensions), call.Input(1).Shape.Count);
        int batches = input.Product(0, batchDimensions), outers = input.Product(batchDimensions, axis), count = positions.Length / batches;
        int bytes = input.Product(axis + 1, rank) * input.ElementBytes;
        for (int i = 0; i < batches * outers * count; i++)
        {
            long position = positions[(i / (outers * count) * count) + (i % count)];
            if (position < 0 || position >= input.Size(axis))
                throw new InvalidOperationException($"GATHER reads position {position} of {input.Size(axis)}");
            input.CopyBytes(((i / count * input.Size(axis)) + (int)position) * bytes, output, i * bytes, bytes);
        }
    }

    public static void Transpose(OperatorCall call)
    {
        TensorView input = call.Input(0), output = call.Output();
        long[] order = call.Input(1).WholeNumbers();
        for (int i = 0; i < output.Count; i++)
        {
            int from = 0, rest = i;
            for (int k = order.Length - 1; k >= 0; k--)
            {
                from += rest % output.Size(k) * input.Product((int)order[k] + 1, input.Shape.Count);
                rest /= output.Size(k);
            }
            input.CopyElement(from, output, i);
        }
    }

    private static void Split(OperatorCall call, TensorView input, TensorView axisTensor)
    {
        int axis = OperatorCall.Axis(axisTensor.WholeNumbers()[0], input.Shape.Count), from = 0;
        for (int outer = 0; outer < input.Product(0, axis); outer++)
        {
            for (int i = 0; i < call.OutputCount; i++)
            {
                TensorView output = call.Output(i);
                int run = output.Product(axis, output.Shape.Count);
                CopyElements(input, from, output, outer * run, run);
                from += run;
            }
        }
    }

    private static void CopyElements(TensorView input, int from, TensorView output, int to, int count)
    {
        for (int i = 0; i < count; i++)
            input.CopyElement(from + i, output, to + i);
    }
}
