using System.Globalization;
using System.Text;

namespace TinyReorder.Diagnostics;

/// <summary>What a file says about itself, made fit for a message of one short line.</summary>
public static class Quote
{
    private const int LongestText = 80, LongestLine = 2000, LongestList = 8;

    /// <summary>
    /// <paramref name="text"/> of at most 80 characters, the rest told as "…"; line breaks, control and direction characters, which could forge further lines, as "?".
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

    private static string Cut(string text, int longest)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, longest) + 1);
        for (int i = 0; i < text.Length && i < longest; i++)
            quoted.Append(IsHarmless(text, i, longest) ? text[i] : '?');
        return text.Length > longest ? quoted.Append('…').ToString() : quoted.ToString();
    }

    private static bool IsHarmless(string text, int index, int longest) => CharUnicodeInfo.GetUnicodeCategory(text[index]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Surrogate => (index + 1 < longest && IsPair(text, index)) || (index > 0 && IsPair(text, index - 1)),
        _ => true,
    };

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
