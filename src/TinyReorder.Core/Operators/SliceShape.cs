using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>SLICE and STRIDED_SLICE: which elements of the input are copied, in order.</summary>
internal static class SliceShape
{
    private const int StridesPosition = 3;
    private const int EllipsisMaskSlot = 2;
    private const int NewAxisMaskSlot = 3;

    /// <summary>
    /// Whether element k of the output is one of the input's elements from k on, and later ones come from farther behind: so it is for every slice whose
    /// steps are positive.
    /// </summary>
    public static bool CopiesForward(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        TfliteTensor input = subgraph.Tensors[operation.Inputs[0]], output = subgraph.Tensors[operation.Outputs[0]];
        if (input.Type != output.Type || output.ElementCount > input.ElementCount)
            return false;
        if (operation.Kind == "SLICE")
            return input.Shape.Count == output.Shape.Count && !input.Shape.Where((dimension, i) => dimension < output.Shape[i]).Any();
        long[]? strides = OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, StridesPosition), input.Shape.Count);
        return strides is not null && strides.All(stride => stride > 0)
            && operation.Options.Int32(EllipsisMaskSlot) == 0 && operation.Options.Int32(NewAxisMaskSlot) == 0;
    }
}
