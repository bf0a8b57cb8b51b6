using System.Text.RegularExpressions;

namespace TinyReorder.CompareBuilds;

/// <summary>What may differ: it is taken out of the texts of both sides before they are compared.</summary>
internal sealed class IgnoredText
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Regex[] patterns;

    /// <summary>Takes out what <paramref name="patterns"/> match; ^ and $ are the ends of lines.</summary>
    /// <exception cref="ArgumentException">One is no regular expression.</exception>
    public IgnoredText(IEnumerable<string> patterns) =>
        this.patterns = [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline, Longest))];

    /// <summary><paramref name="text"/> without it.</summary>
    public string RemoveFrom(string text) => patterns.Aggregate(text, (rest, pattern) => pattern.Replace(rest, ""));
}
