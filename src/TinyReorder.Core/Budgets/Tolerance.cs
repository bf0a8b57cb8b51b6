using System.Globalization;

namespace TinyReorder.Budgets;

/// <summary>By how much a size may grow: bytes, or a share of what it was.</summary>
internal sealed class Tolerance
{
    private const decimal MostPercent = 1000;

    private readonly long bytes;
    private readonly decimal percent;

    private Tolerance(string text, long bytes, decimal percent) => (Text, this.bytes, this.percent) = (text, bytes, percent);

    /// <summary>No growth.</summary>
    public static Tolerance None { get; } = new("0%", 0, 0);

    /// <summary>What is taken for a tolerance, for messages.</summary>
    public const string Form = "a share up to 1000%, such as 2%, or a whole number of bytes, such as 512";

    /// <summary>It as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads <c>2%</c>, <c>0.5%</c> or <c>512</c>; null for anything else.</summary>
    public static Tolerance? TryParse(string text)
    {
        string given = text.Trim();
        if (given.EndsWith("%", StringComparison.Ordinal))
        {
            return decimal.TryParse(given.Substring(0, given.Length - 1).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out decimal percent) && percent <= MostPercent ? new Tolerance(given, 0, percent) : null;
        }
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes <= int.MaxValue
            ? new Tolerance(given, bytes, 0) : null;
    }

    /// <summary>The most that <paramref name="was"/> may become.</summary>
    public long MostOf(long was) => was + bytes + (long)decimal.Floor(was * percent / 100);
}
