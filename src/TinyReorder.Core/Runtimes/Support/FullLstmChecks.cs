using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>
/// UNIDIRECTIONAL_SEQUENCE_LSTM until the end of 2022, which had every form of it: without input gate, with peepholes, projection and normalized gates
/// (micro/kernels/unidirectional_sequence_lstm.cc).
/// </summary>
internal static class FullLstmChecks
{
    private const int OldInputs = 20;
    private const int Inputs = 24;
    private const int Intermediates = 5;
    private const int ForgetNormalization = 21;

    // Weights and biases of the gates that every form has.
    private static readonly int[] Needed = [2, 3, 4, 6, 7, 8, 13, 14, 15];

    // Peepholes, biases and coefficients of normalization, one number for each unit.
    private static readonly int[] Vectors = [9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23];

    /// <summary>The first thing that the kernel refuses, or null.</summary>
    public static SupportProblem? Check(SupportContext op)
    {
        if (op.Operator.Inputs.Count is not (OldInputs or Inputs))
            return new SupportProblem($"has {op.Operator.Inputs.Count} inputs; the kernel takes {OldInputs} or {Inputs}", Cures.Lstm);
        if (Needed.Any(position => op.Input(position) is null))
            return new SupportProblem("lacks weights or biases, which the kernel needs", Cures.Lstm);
        if (op.Input(18) is not { IsVariable: true } || op.Input(19) is not { IsVariable: true })
            return new SupportProblem("has a state that is no variable tensor", Cures.Lstm);
        bool hasInputGate = op.Input(1) is not null;
        if (hasInputGate != (op.Input(5) is not null) || hasInputGate != (op.Input(12) is not null))
            return new SupportProblem("has an input gate in part", Cures.Lstm);
        bool hasPeephole = op.Input(10) is not null;
        if (hasPeephole != (op.Input(11) is not null) || (op.Input(9) is not null) != (hasPeephole && hasInputGate))
            return new SupportProblem("has peephole connections in part", Cures.Lstm);
        if (op.Input(16) is null && op.Input(17) is not null)
            return new SupportProblem("has the bias of a projection without its weights", Cures.Lstm);
        bool normalizes = op.Operator.Inputs.Count == Inputs && op.Input(ForgetNormalization) is not null;
        if (normalizes && (op.Input(22) is null || op.Input(23) is null || hasInputGate != (op.Input(20) is not null)))
            return new SupportProblem("normalizes its gates in part", Cures.Lstm);
        return op.Input(0)!.Type == TensorType.Int8 && op.Operator.Intermediates.Count != Intermediates
            ? new SupportProblem($"has {op.Operator.Intermediates.Count} intermediate tensors; the kernel takes {Intermediates} for INT8", Cures.Lstm)
            : Sizes(op, hasInputGate);
    }

    private static SupportProblem? Sizes(SupportContext op, bool hasInputGate)
    {
        TfliteTensor input = op.Input(0)!, recurrent = op.Input(8)!;
        if (input.Shape.Count != 3 || op.Output(0) is not { Shape.Count: 3 } output || op.Input(4)!.Shape.Count != 2 || recurrent.Shape.Count != 2)
            return SupportProblem.Shapes($"has the shape {Quote.List(input.Shape)} as input; the kernel takes batches of sequences of vectors, and "
                + "matrices as weights");
        int units = op.Input(4)!.Shape[0], outputs = recurrent.Shape[1], batch = input.Shape[op.Options.Bool(3) ? 1 : 0];
        int first = hasInputGate ? 1 : 2;
        bool fits = Enumerable.Range(first, 5 - first).All(i => op.Input(i)!.Shape.SequenceEqual([units, input.Shape[2]]))
            && Enumerable.Range(4 + first, 5 - first).All(i => op.Input(i)!.Shape.SequenceEqual([units, outputs]))
            && Vectors.All(i => op.Input(i) is not { } vector || vector.Shape.SequenceEqual([units]))
            && (op.Input(16) is not { } projection || projection.Shape.SequenceEqual([outputs, units]))
            && (op.Input(17) is not { } bias || bias.Shape.SequenceEqual([outputs]))
            && op.Input(18)!.ElementCount == (long)batch * outputs && op.Input(19)!.ElementCount == (long)batch * units
            && output.Shape.SequenceEqual([input.Shape[0], input.Shape[1], outputs]);
        return fits
            ? null
            : SupportProblem.Shapes($"has weights, states or an output that do not go with {units} units and the input {Quote.List(input.Shape)}");
    }
}
