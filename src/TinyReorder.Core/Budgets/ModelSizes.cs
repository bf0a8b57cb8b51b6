using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Optimization;

namespace TinyReorder.Budgets;

/// <summary>What of a model is held against a budget. Sizes are bytes.</summary>
/// <param name="ArenaBytes">The arena, as the generated constant says.</param>
/// <param name="FlashBytes">The model in flash.</param>
/// <param name="PeakBytes">The peak of the order that was taken, of the subgraph where it is highest.</param>
/// <param name="PeakOperator">The operator at that peak, such as <c>3 CONV_2D</c>.</param>
internal sealed record ModelSizes(long ArenaBytes, long FlashBytes, long PeakBytes, string PeakOperator)
{
    /// <summary>The sizes of <paramref name="result"/>.</summary>
    public static ModelSizes Of(OptimizationResult result)
    {
        var peak = FitPeak.Of(result);
        return new ModelSizes(result.Constant.Bytes, result.OptimizedModel.Length, peak.Bytes, ForeignText.Line(Named(peak.AtPeak[0])));
    }

    private static string Named(FitOperator op) => op.Operator < 0 ? op.Kind
        : (op.Subgraph > 0 ? op.Subgraph.ToString(CultureInfo.InvariantCulture) + ":" : "")
            + op.Operator.ToString(CultureInfo.InvariantCulture) + " " + op.Kind;
}
