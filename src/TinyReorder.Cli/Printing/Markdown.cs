using System.Text;
using TinyReorder.Cli.Consoles;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Printing;

/// <summary>Markdown as GitHub and GitLab read it, for the comment of a pull request.</summary>
internal static class Markdown
{
    // What Markdown, HTML inside of it, or a host that links names gives a meaning.
    private const string Special = "\\`*_{}[]#!|~$";

    /// <summary>A table; the names of columns may be empty.</summary>
    public static string Table(IReadOnlyList<TableColumn> columns, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        Line(columns.Select(column => Text(column.Title)));
        Line(columns.Select(column => column.IsNumber ? "--:" : "---"));
        foreach (string[] row in rows)
            Line(row.Select(Text));
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    /// <summary>The diagnostics as a list, an item each; empty where there are none.</summary>
    public static string List(IEnumerable<Diagnostic> diagnostics) => string.Concat(diagnostics.Select(diagnostic =>
        $"- **{ChoiceNames.Of(diagnostic.Severity)} {diagnostic.Code}**{(diagnostic.File is { } file ? $" {Text(file)}" : "")}: {Text(diagnostic.Message)}\n"));

    /// <summary>Text that stays what it is.</summary>
    public static string Text(string text)
    {
        string line = ForeignText.Line(text);
        var safe = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            // Hosts turn addresses into links, too.
            bool isAddress = (c == ':' && string.CompareOrdinal(line, i, "://", 0, 3) == 0)
                || (c == '.' && i >= 3 && string.Compare(line, i - 3, "www", 0, 3, StringComparison.OrdinalIgnoreCase) == 0);
            if (isAddress || c is '<' or '>' or '&' or '@')
                safe.Append("&#").Append((int)c).Append(';');
            else if (Special.Contains(c, StringComparison.Ordinal))
                safe.Append('\\').Append(c);
            else
                safe.Append(c);
        }
        return safe.ToString();
    }
}
