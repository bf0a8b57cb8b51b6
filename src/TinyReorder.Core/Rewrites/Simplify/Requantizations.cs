using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Removes a QUANTIZE between equal parameters, and a QUANTIZE that takes back a DEQUANTIZE with equal parameters.
/// The first multiplies q - z by a factor of exactly 1 (2^30 as a fixed-point number, shifted by one), which gives q - z, and adds z again.
/// The second rounds ((q - z) s) / s: two roundings of a float err by less than 2^-22 of a number of at most 65,535, which is less than a half, so that it
/// rounds to q - z; by a reciprocal as well, with one rounding more. Only for a scale for which none of that overflows or loses bits to denormal numbers.
/// A DEQUANTIZE after a QUANTIZE is never removed: that rounds.
/// </summary>
internal sealed class Requantizations : SimplifyRule
{
    private const float LeastScale = 1e-20f, LargestScale = 1e20f;

    public override string Name => "quantize";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        foreach (SimpleOperator op in graph.Operators)
        {
            bool isQuantize = !op.IsGone && op.Kind == "QUANTIZE" && op.Inputs.Length == 1 && op.Outputs.Length == 1;
            if (!isQuantize || op.Inputs[0] is not { } input || !IsOfWholeNumbers(op.Outputs[0]))
                continue;
            if (IsOfWholeNumbers(input))
                isChanged |= Same(graph, op, input);
            else if (input.Type == TensorType.Float32 && graph.FindMaker(input) is { Kind: "DEQUANTIZE", Inputs.Length: 1 } maker
                && maker.Inputs[0] is { } source && IsOfWholeNumbers(source))
                isChanged |= Same(graph, op, source);
        }
        return isChanged;
    }

    private bool Same(SimpleGraph graph, SimpleOperator op, DraftTensor source) =>
        SimpleGraph.AreEqual(source, op.Outputs[0]) && graph.Bypass(op, source, Name);

    private static bool IsOfWholeNumbers(DraftTensor tensor) => SimpleGraph.IsActivation(tensor) && tensor.Type is TensorType.Int8 or TensorType.Int16
        && tensor.Kept is { Scales.Count: 1, ZeroPointCount: <= 1 } kept && kept.Scales[0] is >= LeastScale and <= LargestScale;
}
