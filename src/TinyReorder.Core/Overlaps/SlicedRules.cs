using TinyReorder.Graphs;
using TinyReorder.Operators;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>Pairs whose bytes are copied onto themselves: all of them, or the slices of one tensor; or pieces that are copied in rounds.</summary>
internal static class SlicedRules
{
    /// <summary>Input and output of the same bytes at the same place.</summary>
    public static TensorShare[] InPlace(OverlapRule rule, TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (operation.Outputs.Count != 1)
            return [];
        int output = operation.Outputs[0];
        return operation.Inputs.Take(rule.Inputs)
            .Where(input => OverlapRules.MayShare(subgraph, operation, input, output) && subgraph.Tensors[input].Bytes == subgraph.Tensors[output].Bytes)
            .Select(input => new TensorShare(input, output, 0, IsExact: true))
            .ToArray();
    }

    /// <summary>
    /// Each input where it goes in the output (CONCATENATION, PACK), where all dimensions before the axis are 1. Else, with <see
    /// cref="OverlapChoice.Diagonal"/>, far enough up that its last piece is copied from behind its place: what has been written then is all rounds but the
    /// last, and the inputs before it.
    /// </summary>
    public static TensorShare[] Concatenation(TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice)
    {
        if (operation.Outputs.Count != 1 || SlicedTensor.OfOutput(subgraph, operation) is not { } whole
            || (whole.Rounds > 1 && choice != OverlapChoice.Diagonal))
            return [];
        return operation.Inputs
            .Select((input, i) => whole.Rounds == 1
                ? new TensorShare(input, operation.Outputs[0], whole.Starts[i], IsExact: true)
                : new TensorShare(input, operation.Outputs[0],
                    ((whole.Rounds - 1) * (whole.RoundBytes - whole.PieceBytes(i))) + whole.Starts[i] + whole.PieceBytes(i), IsExact: false))
            .Where(share => OverlapRules.MayShare(subgraph, operation, share.Input, share.Output))
            .ToArray();
    }

    /// <summary>
    /// Each output where it comes from in the input (SPLIT, SPLIT_V, UNPACK), where all dimensions before the axis are 1. Else, with <see
    /// cref="OverlapChoice.Diagonal"/>, from the input's start down: pieces are read in the order in which they lie, element by element, and none is
    /// written behind where it was read.
    /// </summary>
    public static TensorShare[] Split(TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice)
    {
        if (SlicedTensor.OfInput(subgraph, operation) is not { } whole || (whole.Rounds > 1 && choice != OverlapChoice.Diagonal))
            return [];
        return operation.Outputs
            .Select((output, i) => whole.Rounds == 1
                ? new TensorShare(whole.Tensor, output, -whole.Starts[i], IsExact: true) : new TensorShare(whole.Tensor, output, 0, IsExact: false))
            .Where(share => OverlapRules.MayShare(subgraph, operation, share.Input, share.Output)
                && operation.Outputs.Count(output => output == share.Output) == 1)
            .ToArray();
    }
}
