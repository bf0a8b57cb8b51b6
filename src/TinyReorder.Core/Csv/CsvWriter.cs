using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Csv;

/// <summary>
/// Writes CSV (RFC 4180): texts are harmless to spreadsheets, and stand in quotes where they have a comma or a quote; numbers are invariant and without
/// separators; lines end with LF.
/// </summary>
internal sealed class CsvWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a row; null is an empty field.</summary>
    public void Row(params object?[] fields) => text.Append(string.Join(",", fields.Select(Field))).Append('\n');

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Field(object? value) => value is string text ? ForeignText.Csv(text) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
