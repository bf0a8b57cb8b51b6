using System.Globalization;
using TinyReorder.Csv;
using TinyReorder.Diagnostics;

namespace TinyReorder.Arenas;

/// <summary>
/// The CSV of google/minimalloc: a header that names <c>id</c>, <c>lower</c>, <c>upper</c>, <c>size</c> and perhaps <c>offset</c> in
/// any order, then a row for each buffer. Lifetimes are half-open there (upper is the first step at which the buffer is dead).
/// Other columns are passed over.
/// </summary>
internal static class MinimallocCsv
{
    /// <summary>The largest file: some millions of buffers.</summary>
    public const long MaxFileBytes = 64 << 20;

    private static readonly string[] Required = ["id", "lower", "upper", "size"];

    /// <summary>Reads buffers.</summary>
    /// <param name="csv">The whole file.</param>
    /// <param name="file">The file's name for diagnostics, or null.</param>
    /// <exception cref="TinyReorderException">TINY2012 with the number of the line that cannot be read.</exception>
    public static IReadOnlyList<MinimallocBuffer> Read(string csv, string? file = null)
    {
        CsvRows rows = new(csv, message => Bad(file, message));
        if (!rows.Next(out List<string> header))
            throw Bad(file, "line 1: there is no header with id, lower, upper and size.");
        for (int i = 0; i < header.Count; i++)
            header[i] = header[i].Trim().TrimStart('\uFEFF').ToLowerInvariant();
        foreach (string name in Required)
        {
            if (header.Count(column => column == name) != 1)
                throw Bad(file, $"line 1: the header needs exactly one column '{name}'.");
        }
        int id = header.IndexOf("id"), lower = header.IndexOf("lower"), upper = header.IndexOf("upper"), size = header.IndexOf("size");
        int offset = header.IndexOf("offset");

        List<MinimallocBuffer> buffers = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        while (rows.Next(out List<string> fields))
        {
            if (fields.Count != header.Count)
                throw Bad(file, $"line {rows.Line}: {fields.Count} fields where the header has {header.Count}.");
            if (!ids.Add(fields[id]))
                throw Bad(file, $"line {rows.Line}: the id '{fields[id]}' occurs a second time.");
            int first = (int)Number(fields[lower], int.MinValue, int.MaxValue - 1, "lower");
            int last = (int)Number(fields[upper], (long)first + 1, int.MaxValue, "upper") - 1;
            long bytes = Number(fields[size], 1, long.MaxValue, "size");
            long? at = offset < 0 || fields[offset].Trim().Length == 0 ? null : Number(fields[offset], 0, long.MaxValue, "offset");
            buffers.Add(new(fields[id], new(buffers.Count, bytes, first, last), at));
        }
        return buffers;

        long Number(string text, long least, long most, string column) =>
            long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
                ? value
                : throw Bad(file, $"line {rows.Line}: {column} is '{text}', not a whole number from {least} to {most}.");
    }

    /// <summary>Writes buffers, with a column <c>offset</c> where all of them have one.</summary>
    public static string Write(IReadOnlyList<MinimallocBuffer> buffers)
    {
        bool placed = buffers.Count > 0 && buffers.All(buffer => buffer.OffsetBytes is not null);
        var csv = new CsvWriter();
        string[] header = ["id", "lower", "upper", "size"];
        csv.Row(placed ? [.. header, "offset"] : header);
        foreach (MinimallocBuffer buffer in buffers)
        {
            object?[] row = [buffer.Id, buffer.Item.First, buffer.Item.Last + 1L, buffer.Item.Bytes];
            csv.Row(placed ? [.. row, buffer.OffsetBytes] : row);
        }
        return csv.ToString();
    }

    private static TinyReorderException Bad(string? file, string message) =>
        new(Diagnostic.Error(DiagnosticCodes.BadBufferFile, message) with { File = file });
}
