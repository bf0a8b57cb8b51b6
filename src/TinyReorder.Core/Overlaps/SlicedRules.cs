using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>Pairs whose bytes are copied onto themselves: all of them, or the slices of one tensor along its outermost dimension that is not 1.</summary>
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

    /// <summary>Each input where it goes in the output (CONCATENATION, PACK), where all dimensions before the axis are 1.</summary>
    public static TensorShare[] Concatenation(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (operation.Outputs.Count != 1 || SlicedTensor.OfOutput(subgraph, operation) is not { } whole)
            return [];
        return operation.Inputs
            .Select((input, i) => new TensorShare(input, operation.Outputs[0], whole.Starts[i], IsExact: true))
            .Where(share => OverlapRules.MayShare(subgraph, operation, share.Input, share.Output))
            .ToArray();
    }

    /// <summary>Each output where it comes from in the input (SPLIT, SPLIT_V, UNPACK), where all dimensions before the axis are 1.</summary>
    public static TensorShare[] Split(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (SlicedTensor.OfInput(subgraph, operation) is not { } whole)
            return [];
        return operation.Outputs
            .Select((output, i) => new TensorShare(whole.Tensor, output, -whole.Starts[i], IsExact: true))
            .Where(share => OverlapRules.MayShare(subgraph, operation, share.Input, share.Output) && operation.Outputs.Count(output => output == share.Output) == 1)
            .ToArray();
    }
}
