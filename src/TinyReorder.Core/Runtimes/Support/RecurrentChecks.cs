using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>SVDF, UNIDIRECTIONAL_SEQUENCE_LSTM and CIRCULAR_BUFFER.</summary>
internal static class RecurrentChecks
{
    private const int RankSlot = 0;
    private const int ActivationSlot = 0;
    private const int Tanh = 4;
    private const int Sigmoid = 6;
    private const int TimeMajorSlot = 3;
    private const int LstmInputs = 24;
    private const int IntermediateCount = 5;
    private const int HiddenState = 18;
    private const int CellState = 19;
    private const double BiasScaleTolerance = 1e-5;

    /// <summary>SVDF: how its five inputs and its output go together (micro/kernels/svdf_common.cc).</summary>
    public static SupportProblem? Svdf(SupportContext op)
    {
        int rank = op.Options.Int32(RankSlot);
        if (op.Input(0) is not { Shape.Count: 2 } input || op.Input(1) is not { Shape.Count: 2 } features || op.Input(2) is not { Shape.Count: 2 } times
            || op.Input(4) is not { Shape.Count: 2 } state || op.Output(0) is not { Shape.Count: 2 } output || rank < 1 || features.Shape[0] % rank != 0)
        {
            return SupportProblem.Shapes("has inputs, states or outputs that are no matrices, or filters that its rank does not divide");
        }
        int batch = input.Shape[0], filters = features.Shape[0], units = filters / rank;
        bool fits = features.Shape[1] == input.Shape[1] && times.Shape[0] == filters && output.Shape[0] == batch && output.Shape[1] == units
            && state.Shape[0] == batch && state.Shape[1] == times.Shape[1] * filters
            && (op.Input(3) is not { } bias || (bias.Shape.Count > 0 && bias.Shape[0] == units));
        if (!fits)
            return SupportProblem.Shapes($"has shapes that do not go together: input {Quote.List(input.Shape)}, filters {Quote.List(features.Shape)} and "
                + $"{Quote.List(times.Shape)}, state {Quote.List(state.Shape)}, output {Quote.List(output.Shape)}");
        if (!state.IsVariable)
            return new SupportProblem("has a state that is no variable tensor", Cures.Again);
        bool isOff = input.Type == TensorType.Int8 && op.Input(3) is { } sums
            && !(Math.Abs(SupportContext.Scale(sums) - ((double)SupportContext.Scale(state) * SupportContext.Scale(times))) < BiasScaleTolerance);
        return isOff ? new SupportProblem("has a bias whose scale is not that of state and time weights together", Cures.Quantization) : null;
    }

    /// <summary>LSTM: the one form of it that the kernel has (micro/kernels/lstm_eval.cc, lstm_eval_common.cc).</summary>
    public static SupportProblem? Lstm(SupportContext op)
    {
        if (op.Operator.Inputs.Count != LstmInputs)
            return new SupportProblem($"has {op.Operator.Inputs.Count} inputs; the kernel takes the newer form with {LstmInputs}", Cures.Lstm);
        if (Enumerable.Range(9, 3).Any(i => op.Input(i) is not null))
            return new SupportProblem("has peephole connections, which the kernel does not have", Cures.Lstm);
        if (op.Input(16) is not null || op.Input(17) is not null)
            return new SupportProblem("has a projection, which the kernel does not have", Cures.Lstm);
        if (Enumerable.Range(20, 4).Any(i => op.Input(i) is not null))
            return new SupportProblem("normalizes its gates, which the kernel does not", Cures.Lstm);
        if (op.Options.Byte(ActivationSlot) is not (Tanh or Sigmoid))
            return new SupportProblem("has another activation than TANH", Cures.Lstm);
        TfliteTensor?[] weights = Enumerable.Range(1, 8).Select(op.Input).ToArray(), biases = Enumerable.Range(12, 4).Select(op.Input).ToArray();
        if (op.Input(0) is not { } input || op.Input(HiddenState) is not { } hidden || op.Input(CellState) is not { } cell || op.Output(0) is not { } output
            || weights.Contains(null) || biases.Contains(null))
        {
            return new SupportProblem("lacks weights, biases or states (such as the input gate), which the kernel needs", Cures.Lstm);
        }
        return States(input, hidden, cell, output)
            ?? Types(input, cell, weights!, biases!)
            ?? Sizes(op, input, hidden, cell, output, weights!, biases!);
    }

    /// <summary>An int8 LSTM that reads the scale of the last of five intermediate tensors (cmsis_nn/unidirectional_sequence_lstm.cc of 2023).</summary>
    public static SupportProblem? FiveIntermediates(SupportContext op) =>
        op.Operator.Intermediates.Count == IntermediateCount && op.Operator.Intermediates[IntermediateCount - 1] is var last and >= 0
            && SupportContext.IsQuantized(op.Subgraph.Tensors[last])
            ? null
            : new SupportProblem("has no five intermediate tensors with scales, which the kernel reads", Cures.Lstm);

    /// <summary>CIRCULAR_BUFFER: one new row of what the output holds (micro/kernels/circular_buffer_common.cc).</summary>
    public static SupportProblem? CircularBuffer(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Output(0) is not { } output)
            return null;
        bool fits = input.Shape.Count == 4 && output.Shape.Count == 4 && input.Shape[1] == 1
            && Enumerable.Range(0, 4).All(i => i == 1 || input.Shape[i] == output.Shape[i]);
        return fits ? null : SupportProblem.Shapes($"puts the shape {Quote.List(input.Shape)} into a buffer of {Quote.List(output.Shape)}; the kernel "
            + "takes one row of four dimensions");
    }

    private static SupportProblem? States(TfliteTensor input, TfliteTensor hidden, TfliteTensor cell, TfliteTensor output)
    {
        if (!hidden.IsVariable || !cell.IsVariable)
            return new SupportProblem("has a state that is no variable tensor", Cures.Lstm);
        return hidden.Type == input.Type && output.Type == input.Type
            ? null
            : new SupportProblem($"has {Name(input)} as input, {Name(hidden)} as state and {Name(output)} as output, which have to be of one type",
                Cures.Quantization);
    }

    private static SupportProblem? Types(TfliteTensor input, TfliteTensor cell, TfliteTensor[] weights, TfliteTensor[] biases)
    {
        if (cell.Type is not (TensorType.Float32 or TensorType.Int16))
            return new SupportProblem($"has a cell state of {Name(cell)}; the kernel takes FLOAT32, INT16", Cures.Quantization);
        bool isMixed = (input.Type == TensorType.Float32) != (cell.Type == TensorType.Float32)
            || weights.Any(tensor => tensor.Type != weights[0].Type) || biases.Any(tensor => tensor.Type != biases[0].Type)
            || weights[0].Type != (input.Type == TensorType.Float32 ? TensorType.Float32 : TensorType.Int8);
        return isMixed
            ? new SupportProblem($"has {Name(input)} as input with {Name(weights[0])} weights and a cell state of {Name(cell)}",
            Cures.Types([input.Type, weights[0].Type])) : null;
    }

    private static SupportProblem? Sizes(
        SupportContext op, TfliteTensor input, TfliteTensor hidden, TfliteTensor cell, TfliteTensor output, TfliteTensor[] weights, TfliteTensor[] biases)
    {
        if (input.Shape.Count != 3 || output.Shape.Count != 3 || hidden.Shape.Count < 2)
            return SupportProblem.Shapes($"has the shapes {Quote.List(input.Shape)}, {Quote.List(hidden.Shape)} and {Quote.List(output.Shape)} as input, "
                + "state and output; the kernel takes batches of sequences of vectors");
        int batch = input.Shape[op.Options.Bool(TimeMajorSlot) ? 1 : 0], units = hidden.Shape[1];
        bool fits = weights.Select((tensor, i) => tensor.Shape.SequenceEqual([units, i < 4 ? input.Shape[2] : units])).All(isRight => isRight)
            && biases.All(tensor => tensor.Shape.Count == 1 && tensor.Shape[0] == units)
            && hidden.ElementCount == (long)batch * units && cell.ElementCount == (long)batch * units
            && output.Shape[0] == input.Shape[0] && output.Shape[1] == input.Shape[1] && output.Shape[2] == units;
        return fits ? null : SupportProblem.Shapes($"has weights, states or an output that do not go with {units} units and the input "
            + $"{Quote.List(input.Shape)}");
    }

    private static string Name(TfliteTensor tensor) => tensor.Type.ToString().ToUpperInvariant();
}
