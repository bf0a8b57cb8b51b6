namespace TinyReorder.Reports;

/// <summary>What a rewrite makes of the predicted work of an operator of the original, or what a loop takes for itself; in units of the work model.</summary>
/// <param name="Operator">The operator of the original; null for what a loop takes for itself: its turns, its variables and its counter.</param>
/// <param name="Kind">What it is called.</param>
/// <param name="Loop">The number of the loop that it runs in, from 1; null outside of loops.</param>
/// <param name="Before">Its work in the original.</param>
/// <param name="After">Its work in the rewritten model, all turns counted.</param>
/// <param name="Around">The work of moving rows for it, all turns counted.</param>
internal sealed record WorkChange(int? Operator, string Kind, int? Loop, double Before, double After, double Around)
{
    /// <summary>The kind of a row for what a loop takes for itself.</summary>
    public const string LoopKind = "(the loop itself)";

    /// <summary>The work that is added; below 0 where the rewritten model computes less.</summary>
    public double Added => After + Around - Before;
}
