using Spectre.Console;
using TinyReorder.Diagnostics;
using SpectreColumn = Spectre.Console.TableColumn;

namespace TinyReorder.Cli.Consoles;

/// <summary>Writes a table: with borders and colours to a terminal that is wide enough, as plain aligned text elsewhere.</summary>
internal static class TableWriter
{
    private const string Gap = "  ";
    private const int NarrowestWrapped = 12;

    /// <summary>Writes the headings and the rows; a row that <paramref name="isMarked"/> holds for stands out on a terminal.</summary>
    public static void Write(CommandContext context, IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows, Func<int, bool>? isMarked = null)
    {
        rows = rows.Select(row => row.Select(cell => ForeignText.Line(cell)).ToArray()).ToArray();
        int[] widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Title.Length).Max()).ToArray();
        int narrowest = columns.Select((column, i) => column.MayWrap ? Math.Min(widths[i], NarrowestWrapped) : widths[i]).Sum(width => width + 3) + 1;
        if (context.TerminalWidth is { } width && width >= narrowest)
            WriteToTerminal(context.Output, width, columns, rows, isMarked ?? (_ => false));
        else
            WritePlain(context.Output, columns, rows, widths);
    }

    private static void WriteToTerminal(
        TextWriter output, int width, IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows, Func<int, bool> isMarked)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        var table = new Table().Border(TableBorder.Rounded);
        foreach (TableColumn column in columns)
        {
            var heading = new SpectreColumn(new Text(column.Title, new Style(decoration: Decoration.Bold))) { NoWrap = !column.MayWrap };
            table.AddColumn(column.IsNumber ? heading.RightAligned() : heading);
        }
        for (int row = 0; row < rows.Count; row++)
        {
            Style style = isMarked(row) ? new Style(Color.Green) : Style.Plain;
            table.AddRow(rows[row].Select(cell => new Text(cell, style)));
        }
        console.Write(table);
    }

    private static void WritePlain(TextWriter output, IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows, int[] widths)
    {
        foreach (string[] row in rows.Prepend(columns.Select(column => column.Title).ToArray()))
        {
            IEnumerable<string> cells = row.Select((cell, i) => columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
