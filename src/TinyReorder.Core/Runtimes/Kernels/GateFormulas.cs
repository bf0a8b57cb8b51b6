using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM as it was ported in 2022 and redesigned in 2023 (micro/kernels/unidirectional_sequence_lstm.cc).</summary>
internal static class GateFormulas
{
    private const int WordBytes = 4;
    private const int ShortBytes = 2;
    private const int InputToInputWeights = 1;
    private const int InputToOutputWeights = 4;
    private const int RecurrentToOutputWeights = 8;
    private const int LastGateWeights = 8;
    private const int ProjectionWeights = 16;
    private const int OutputStateInput = 18;
    private const int CellStateInput = 19;
    private const int TimeMajorSlot = 3;

    /// <summary>
    /// Floats have one array for the gates, three without an input gate. Integers have four of 16 and one of 8 bits, until June 2022 one of 32 bits more
    /// (<c>accumulator</c>), and keep sums of the rows of each weight matrix. Until October 2022 floats may have integer weights (<c>hybrid</c>).
    /// </summary>
    public static void Lstm(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(0);
        long batch = KernelContext.Dimension(input, kernel.Options.Bool(TimeMajorSlot) ? 1 : 0);
        TfliteTensor weights = kernel.Input(InputToOutputWeights);
        long cells = checked(batch * KernelContext.Dimension(weights, 0));
        bool hasInputGate = kernel.FindInput(InputToInputWeights) is not null;
        if (input.Type == TensorType.Int8)
        {
            Integers(kernel, cells);
            return;
        }
        kernel.Scratch(checked((hasInputGate ? 4 : 3) * cells * input.Type.ElementBytes()));
        if (input.Type == TensorType.Float32 && weights.Type != TensorType.Float32)
        {
            if (kernel.Parameter("hybrid") == 0)
                throw new KernelMismatchException("has float inputs with weights of integers");
            Hybrid(kernel, batch, KernelContext.Dimension(weights, 0), hasInputGate);
        }
    }

    private static void Integers(KernelContext kernel, long cells)
    {
        for (int position = InputToInputWeights; position <= LastGateWeights; position++)
        {
            if (kernel.FindInput(position) is { } gate)
                kernel.Keep(checked(WordBytes * KernelContext.Dimension(gate, 0)));
        }
        if (kernel.FindInput(ProjectionWeights) is { } projection)
            kernel.Keep(checked(WordBytes * KernelContext.Dimension(projection, 0)));
        for (int i = 0; i < 4; i++)
            kernel.Scratch(checked(ShortBytes * cells));
        kernel.Scratch(cells);
        kernel.Inexact("prepares with temporary objects of tensors that are counted from above");
        if (kernel.Parameter("accumulator") != 0)
            kernel.Scratch(checked(WordBytes * cells));
    }

    /// <summary>Quantized copies of input and states, scales and zero points for each batch, weights of a diagonal, accumulators, and sums of rows.</summary>
    private static void Hybrid(KernelContext kernel, long batch, long cells, bool hasInputGate)
    {
        checked
        {
            kernel.Scratch(kernel.Input(0).ElementCount);
            kernel.Scratch(kernel.Input(OutputStateInput).ElementCount);
            kernel.Scratch(kernel.Input(CellStateInput).ElementCount);
            for (int i = 0; i < 4; i++)
                kernel.Scratch(WordBytes * batch);
            kernel.Scratch(WordBytes * cells);
            kernel.Scratch(WordBytes * cells * batch);
            kernel.Scratch(WordBytes * batch);
            kernel.Scratch(WordBytes * batch);
            long outputs = KernelContext.Dimension(kernel.Input(RecurrentToOutputWeights), 1);
            long rows = (hasInputGate ? 8 : 6) + (kernel.FindInput(ProjectionWeights) is null || cells == 0 ? 0 : (outputs + cells - 1) / cells);
            kernel.Keep(WordBytes * rows * cells);
        }
    }
}
