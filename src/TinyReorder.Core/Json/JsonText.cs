using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>Shows text of a file in a message of one line.</summary>
internal static class JsonText
{
    /// <summary>How much of a text is shown.</summary>
    public const int MaxShownCharacters = 60;

    /// <summary>The text in quotes, shortened, with its control characters escaped.</summary>
    public static string Quote(string text) => $"\"{Show(text)}\"";

    /// <summary>The text without quotes, shortened, with its control characters escaped.</summary>
    public static string Show(string text)
    {
        string shown = Shorten(text);
        return string.Concat(shown.Select((c, i) => ForeignText.IsHarmless(shown, i) && !char.IsSurrogate(c) ? c.ToString() : ForeignText.JsonEscape(c)));
    }

    /// <summary>The text up to <see cref="MaxShownCharacters"/>.</summary>
    public static string Shorten(string text) => text.Length <= MaxShownCharacters ? text : text.Substring(0, MaxShownCharacters) + "...";
}
