using System.Globalization;

namespace TinyReorder.Benchmarks.Running;

/// <summary>A Markdown table that is printed row by row; all columns but the first are numbers or short words, aligned to the right.</summary>
internal sealed class MarkdownTable
{
    private readonly TextWriter writer;

    public MarkdownTable(TextWriter writer, params string[] columns)
    {
        this.writer = writer;
        Row(columns);
        Row(columns.Select((_, i) => i == 0 ? "---" : "---:").ToArray());
    }

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds with as many digits as mean something.</summary>
    public static string Milliseconds(double value) => value.ToString(value < 10 ? "N2" : value < 100 ? "N1" : "N0", CultureInfo.InvariantCulture);

    public void Row(params string[] cells)
    {
        writer.Write("| " + string.Join(" | ", cells) + " |\n");
        writer.Flush();
    }
}
