using System.Globalization;

namespace TinyReorder.Measuring;

/// <summary>A line of a self test's log: what it is about, and its values.</summary>
internal sealed class LogRecord
{
    private const string Mark = "TINYREORDER ";
    private const string SumKey = " sum=";
    private const int SumDigits = 4;
    private const int MostValues = 32;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private LogRecord(string kind) => Kind = kind;

    /// <summary>The first word.</summary>
    public string Kind { get; }

    /// <summary>The keys and their values.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>The records in a line, which may have other text before and behind them; and whether one lost some of its characters.</summary>
    public static IReadOnlyList<LogRecord> Find(string line, out bool isDamaged)
    {
        var records = new List<LogRecord>();
        isDamaged = false;
        for (int at = line.IndexOf(Mark, StringComparison.Ordinal); at >= 0;)
        {
            int next = line.IndexOf(Mark, at + Mark.Length, StringComparison.Ordinal);
            if (Parse(next < 0 ? line.Substring(at) : line.Substring(at, next - at)) is { } record)
                records.Add(record);
            else
                isDamaged = true;
            at = next;
        }
        return records;
    }

    /// <summary>The text of a value, or null.</summary>
    public string? Text(string key) => values.TryGetValue(key, out string? value) ? value : null;

    /// <summary>A whole number from 0 to 2^40, or null.</summary>
    public long? Number(string key) =>
        Text(key) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= 1L << 40 ? value : null;

    private static LogRecord? Parse(string text)
    {
        int sum = text.IndexOf(SumKey, StringComparison.Ordinal);
        if (sum < 0 || sum + SumKey.Length + SumDigits > text.Length)
            return null;
        string content = text.Substring(0, sum);
        bool isWhole = uint.TryParse(text.Substring(sum + SumKey.Length, SumDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out uint stated)
            && content.All(c => c is >= ' ' and <= '~') && (Crc32.Of(content) & 0xFFFF) == stated;
        if (!isWhole)
            return null;
        string[] words = content.Substring(Mark.Length).Split(' ');
        if (words.Length > MostValues)
            return null;
        var record = new LogRecord(words[0]);
        foreach (string word in words.Skip(1))
        {
            int equals = word.IndexOf('=');
            if (equals <= 0 || record.values.ContainsKey(word.Substring(0, equals)))
                return null;
            record.values.Add(word.Substring(0, equals), word.Substring(equals + 1));
        }
        return record;
    }
}
