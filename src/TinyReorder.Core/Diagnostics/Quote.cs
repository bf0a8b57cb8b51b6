using System.Globalization;

namespace TinyReorder.Diagnostics;

/// <summary>What a file says about itself, made fit for a message of one short line.</summary>
internal static class Quote
{
    private const int LongestText = 80, LongestLine = 2000, LongestList = 8;

    /// <summary>
    /// <paramref name="text"/> of at most 80 characters, the rest told as "…"; line breaks, control and direction characters, which could forge further
    /// lines, as "?".
    /// </summary>
    public static string Text(string text) => Cut(text, LongestText);

    /// <summary>A whole message made one line of at most 2,000 characters, for the same reason.</summary>
    public static string Line(string message) => Cut(message, LongestLine);

    /// <summary>A shape or another list of numbers in brackets, of which at most eight are shown.</summary>
    public static string List(IReadOnlyList<int> numbers)
    {
        string shown = string.Join(", ", numbers.Take(LongestList).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return numbers.Count > LongestList ? $"[{shown}, … {Quantity.Count(numbers.Count)} in all]" : $"[{shown}]";
    }

    /// <summary>The text made harmless, of at most <paramref name="longest"/> characters; a pair that the end would cut in two is "?".</summary>
    internal static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return ForeignText.Line(text);
        return ForeignText.Line(text.Substring(0, longest)) + "…";
    }
}
