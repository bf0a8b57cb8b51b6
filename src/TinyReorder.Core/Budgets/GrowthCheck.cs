using TinyReorder.Diagnostics;

namespace TinyReorder.Budgets;

/// <summary>Says what of a model has grown.</summary>
internal static class GrowthCheck
{
    /// <summary>The error, or null where nothing grew beyond the tolerance.</summary>
    /// <param name="was">What the model may take.</param>
    /// <param name="now">What it takes.</param>
    /// <param name="tolerance">By how much it may grow.</param>
    /// <param name="than">What it is held against, such as <c>its budget in sizes.json</c>.</param>
    /// <param name="cure">What to do, as the end of a sentence.</param>
    public static Diagnostic? Of(BudgetEntry was, ModelSizes now, Tolerance tolerance, string than, string cure)
    {
        string[] grown =
        [
            .. Grown("arena", was.ArenaBytes, now.ArenaBytes, tolerance),
            .. Grown("flash", was.FlashBytes, now.FlashBytes, tolerance),
            .. Grown("peak", was.PeakBytes, now.PeakBytes, tolerance),
        ];
        return grown.Length == 0 ? null : Diagnostic.Error(DiagnosticCodes.ExceedsBudget,
            $"grew beyond {than} (tolerance {tolerance.Text}): {string.Join(", ", grown)}. {Peak(was, now)}{cure}");
    }

    private static IEnumerable<string> Grown(string what, long? was, long now, Tolerance tolerance)
    {
        if (was is { } before && now > tolerance.MostOf(before))
            yield return $"{what} {Quantity.Bytes(before)} -> {Quantity.Bytes(now)} (+{Quantity.Bytes(now - before)})";
    }

    /// <summary>The operator that grew, as far as the budget tells.</summary>
    private static string Peak(BudgetEntry was, ModelSizes now)
    {
        string here = now.PeakOperator.StartsWith("(", StringComparison.Ordinal) ? "the inputs" : $"operator {Quote.Text(now.PeakOperator)}";
        if (was.PeakBytes is not { } before)
            return $"The peak of {Quantity.Bytes(now.PeakBytes)} is at {here}. ";
        string there = was.PeakOperator is null || was.PeakOperator == now.PeakOperator ? "" : $" at {Quote.Text(was.PeakOperator)}";
        return now.PeakBytes > before
            ? $"The peak is at {here} with {Quantity.Bytes(now.PeakBytes)}; it was {Quantity.Bytes(before)}{there}. "
            : $"The peak of {Quantity.Bytes(now.PeakBytes)} at {here} did not grow: what the interpreter keeps, scratch buffers or the placement did. ";
    }
}
