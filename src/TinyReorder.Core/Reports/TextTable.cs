namespace TinyReorder.Reports;

/// <summary>A table as text: headings and cells, columns of numbers to the right.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Columns">The headings; a column whose <c>IsNumber</c> holds is aligned to the right.</param>
/// <param name="Rows">A cell for each column.</param>
/// <param name="MarkedRow">The row to make stand out, or -1.</param>
internal sealed record TextTable(string Title, IReadOnlyList<(string Heading, bool IsNumber)> Columns, IReadOnlyList<string[]> Rows, int MarkedRow = -1)
{
    private const string Gap = "  ";

    /// <summary>Heading and rows, aligned, without the title and without line ends.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = Columns.Select((column, i) => Rows.Select(row => row[i].Length).Concat([column.Heading.Length]).Max()).ToArray();
        foreach (string[] row in new[] { Columns.Select(column => column.Heading).ToArray() }.Concat(Rows))
            yield return string.Join(Gap, row.Select((cell, i) => Columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
    }
}
