using System.Globalization;
using TinyReorder.Cli.Consoles;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Optimization;
using TinyReorder.Reports;

namespace TinyReorder.Cli.Printing;

/// <summary>The Markdown of <c>analyze</c>, <c>optimize</c>, <c>compare</c> and <c>fit</c>.</summary>
internal static class ResultMarkdown
{
    private static readonly TableColumn[] ResultColumns =
    [
        new(""), new("file as it is", IsNumber: true), new("here", IsNumber: true), new("change", IsNumber: true),
    ];

    /// <summary>What a model needs, before and after, and what is to be told of it.</summary>
    public static string Of(OptimizationResult result)
    {
        long peakBefore = result.Subgraphs.Max(subgraph => subgraph.DefaultPeakBytes), peakAfter = FitPeak.Of(result).Bytes;
        List<string[]> rows =
        [
            Row("peak", peakBefore, peakAfter),
            Row("arena", result.Baseline.ArenaBytes, result.Constant.Bytes),
            Row("flash", result.Model.Bytes.LongLength, result.OptimizedModel.LongLength),
        ];
        if (result.Board is { } board)
        {
            long flashLeft = board.Board.UsableFlashBytes - board.ReservedFlashBytes - result.OptimizedModel.LongLength;
            rows.AddRange(board.Places.Select(place => new[] { $"{place.Memory} left on {board.Board.Id}", "", Quantity.Bytes(place.LeftBytes), "" }));
            rows.Add(["flash left on " + board.Board.Id, "", Quantity.Bytes(flashLeft), ""]);
        }
        FitOperator op = FitPeak.Of(result).AtPeak[0];
        string at = op.Operator < 0 ? "the inputs" : $"operator {op.Operator.ToString(CultureInfo.InvariantCulture)} {op.Kind}";
        string target = result.Arena.HasRuntime ? $"{result.Arena.Library}, {result.Arena.Kernels} kernels" : "the plan alone";
        return $"### {Markdown.Text(result.Model.Name)}\n\n{Markdown.Table(ResultColumns, rows)}\nPeak at {Markdown.Text(at)}; {Markdown.Text(target)}.\n"
            + Behind(Markdown.List(result.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Message)));
    }

    /// <summary>The table of a comparison.</summary>
    public static string Of(TextTable table, IEnumerable<Diagnostic> diagnostics) =>
        Markdown.Table([.. table.Columns.Select(column => new TableColumn(column.Heading, column.IsNumber))], table.Rows) + Behind(Markdown.List(diagnostics));

    /// <summary>The boards, and what stands below their table.</summary>
    public static string Of(FitReport report) =>
        Markdown.Table(FitText.Columns, report.Boards.Select(board => FitText.Cells(board, report.Models)))
        + Behind(string.Concat(FitText.Lines(report).Select(line => $"- {Markdown.Text(line.Trim())}\n")) + Markdown.List(report.Diagnostics));

    private static string Behind(string list) => list.Length == 0 ? "" : "\n" + list;

    private static string[] Row(string what, long before, long after) =>
        [what, Quantity.Bytes(before), Quantity.Bytes(after), after == before ? "=" : Change(before, after)];

    private static string Change(long before, long after)
    {
        string bytes = (after - before).ToString("+#,0;-#,0", CultureInfo.InvariantCulture) + " B";
        return before == 0 ? bytes : $"{bytes} ({(100m * (after - before) / before).ToString("+0.0;-0.0", CultureInfo.InvariantCulture)} %)";
    }
}
