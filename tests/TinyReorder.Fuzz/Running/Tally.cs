using System.Globalization;
using System.Text;

namespace TinyReorder.Fuzz.Running;

/// <summary>How mutants ended, by kind, and the dearest of each.</summary>
internal sealed class Tally
{
    public const string Fault = "FAULT";

    private readonly Dictionary<string, Row> rows = [];
    private readonly List<string> faults = [];

    public long Count => rows.Values.Sum(row => row.Outcomes.Values.Sum());

    public IReadOnlyList<string> Faults => faults;

    /// <summary>The ways in which mutants ended.</summary>
    public IReadOnlyList<string> Codes => [.. rows.Values.SelectMany(row => row.Outcomes.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How many mutants ended in one way.</summary>
    public long CountOf(string outcome) => rows.Values.Sum(row => row.Outcomes.GetValueOrDefault(outcome));

    public void Add(string kind, string outcome, TimeSpan time, long allocatedBytes)
    {
        lock (rows)
        {
            if (!rows.TryGetValue(kind, out Row? row))
                rows.Add(kind, row = new Row());
            row.Outcomes[outcome] = row.Outcomes.GetValueOrDefault(outcome) + 1;
            row.Longest = row.Longest > time ? row.Longest : time;
            row.MostBytes = Math.Max(row.MostBytes, allocatedBytes);
        }
    }

    public void AddFault(string kind, string fault, TimeSpan time, long allocatedBytes)
    {
        Add(kind, Fault, time, allocatedBytes);
        lock (rows)
            faults.Add(fault);
    }

    /// <summary>A line a kind: mutants, how they ended, the longest time and the most bytes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        lock (rows)
        {
            foreach ((string kind, Row row) in rows.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                string outcomes = string.Join(", ", row.Outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
                text.Append(CultureInfo.InvariantCulture,
                    $"{kind,-40} {row.Outcomes.Values.Sum(),8} {row.Longest.TotalMilliseconds,7:0} ms {row.MostBytes / 1e6,6:0.0} MB  {outcomes}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"{"all",-40} {Count,8}  faults {faults.Count}\n");
        }
        return text.ToString();
    }

    private sealed class Row
    {
        public Dictionary<string, long> Outcomes { get; } = [];

        public TimeSpan Longest { get; set; }

        public long MostBytes { get; set; }
    }
}
