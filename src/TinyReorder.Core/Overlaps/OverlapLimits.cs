using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>Keeps a hostile file from costing more than a moment: what is larger shares nothing.</summary>
internal static class OverlapLimits
{
    // An image of 300x300 pixels has 90,000 and a window of 3x3 reads three ranges for each.
    private const long MostSteps = 1L << 26;

    /// <summary>Whether the operator can be worked out and replayed in a few moments.</summary>
    public static bool Hold(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (operation.Inputs.Count > MostSteps >> 10
            || operation.Inputs.Concat(operation.Outputs).Any(tensor => tensor >= 0 && subgraph.Tensors[tensor].ElementCount > MostSteps))
            return false;
        if (WindowShape.Of(subgraph, operation) is not { } window)
            return true;
        double taps = (double)window.FilterHeight * (window.DilationWidth > 1 ? window.FilterWidth : 1);
        return (double)window.Batches * window.OutputHeight * window.OutputWidth * taps <= MostSteps;
    }
}
