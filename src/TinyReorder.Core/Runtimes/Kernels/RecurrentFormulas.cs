using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM (micro/kernels/svdf_common.cc, lstm_eval_common.cc, cmsis_nn/unidirectional_sequence_lstm.cc).</summary>
internal static class RecurrentFormulas
{
    private const int SvdfRankSlot = 0;
    private const int HiddenStateInput = 18;
    private const int CellStateInput = 19;
    private const int TimeMajorSlot = 3;

    /// <summary>Accumulators for each batch and filter, and for int8 for each batch and unit.</summary>
    public static void Svdf(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(0);
        long rank = kernel.Options.Int32(SvdfRankSlot);
        long batch = KernelContext.Dimension(input, 0), filters = KernelContext.Dimension(kernel.Input(1), 0);
        if (rank < 1)
            throw new KernelMismatchException("has a rank below 1");
        kernel.Scratch(checked(4 * batch * filters));
        if (input.Type == TensorType.Int8)
            kernel.Scratch(checked(4 * batch * (filters / rank)));
    }

    /// <summary>
    /// Work arrays of batch by state elements of the cell state's type: four, or the number that the profile gives for integers, whose kernel also keeps
    /// sums of the rows of its eight weight matrices.
    /// </summary>
    public static void Lstm(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(0), cell = kernel.Input(CellStateInput);
        long batch = KernelContext.Dimension(input, kernel.Options.Bool(TimeMajorSlot) ? 1 : 0);
        long state = KernelContext.Dimension(kernel.Input(HiddenStateInput), 1);
        long sumBytes = cell.Type != TensorType.Int16 ? 0 : input.Type switch
        {
            TensorType.Int8 => kernel.Parameter("int8SumBytes"),
            TensorType.Int16 => kernel.Parameter("int16SumBytes"),
            _ => 0,
        };
        if (sumBytes > 0)
        {
            for (int i = 0; i < kernel.Parameter("sums"); i++)
                kernel.Keep(sumBytes * state);
        }
        long buffers = kernel.Parameter(sumBytes > 0 ? "integerBuffers" : "buffers");
        for (int i = 0; i < buffers; i++)
            kernel.Scratch(checked(batch * state * cell.Type.ElementBytes()));
    }
}
