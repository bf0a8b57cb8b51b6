using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Reports;

/// <summary>The predicted work of a rewritten model by operator of the original, as a table.</summary>
internal static class WorkTable
{
    /// <summary>The table; the row that adds most is marked. Its last row is the sum of the others.</summary>
    public static TextTable Of(RewriteReport rewrite)
    {
        IReadOnlyList<WorkChange> changes = rewrite.Work;
        string[][] rows = [.. changes.Select(Row), Sum(changes)];
        double most = changes.Select(change => change.Added).DefaultIfEmpty(0).Max();
        int marked = most > 0 ? changes.TakeWhile(change => change.Added < most).Count() : -1;
        return new TextTable(
            $"predicted work by operator of the original, {rewrite.WorkUnit} ({rewrite.WorkModel})",
            [("op", true), ("operator", false), ("loop", true), ("before", true), ("after", true), ("moving rows", true), ("added", true)],
            rows,
            MarkedRow: marked);
    }

    /// <summary>Whole units with a sign; <c>=</c> for none.</summary>
    public static string Signed(double value) =>
        Math.Round(value) is var whole && whole == 0 ? "=" : whole.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);

    private static string[] Row(WorkChange change) =>
    [
        Number(change.Operator), change.Kind, Number(change.Loop), Whole(change.Before), Whole(change.After), Whole(change.Around), Signed(change.Added),
    ];

    private static string[] Sum(IReadOnlyList<WorkChange> changes) =>
    [
        "", "sum", "", Whole(changes.Sum(change => change.Before)), Whole(changes.Sum(change => change.After)), Whole(changes.Sum(change => change.Around)),
        Signed(changes.Sum(change => change.Added)),
    ];

    private static string Number(int? value) => value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "";

    private static string Whole(double value) => Quantity.Count((long)Math.Round(value));
}
