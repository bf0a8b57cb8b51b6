using System.Globalization;
using System.Text;

namespace TinyReorder.Reports;

/// <summary>Writes CSV (RFC 4180): fields with a comma, a quote or a line break stand in quotes; numbers are invariant and without separators; lines end with LF.</summary>
internal sealed class CsvWriter
{
    private static readonly char[] Special = [',', '"', '\r', '\n'];
    private readonly StringBuilder text = new();

    /// <summary>Adds a row; null is an empty field.</summary>
    public void Row(params object?[] fields) => text.Append(string.Join(",", fields.Select(Field))).Append('\n');

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Field(object? value)
    {
        string field = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return field.IndexOfAny(Special) < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";
    }
}
