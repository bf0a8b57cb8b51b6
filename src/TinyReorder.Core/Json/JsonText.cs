using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>Shows text of a file in a message of one line.</summary>
internal static class JsonText
{
    /// <summary>How much of a text is shown.</summary>
    public const int MaxShownCharacters = 60;

    /// <summary>The text in quotes, shortened, with its control characters escaped.</summary>
    public static string Quote(string text)
    {
        string shown = Shorten(text);
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < shown.Length; i++)
            _ = ForeignText.IsHarmless(shown, i) && !char.IsSurrogate(shown[i]) ? quoted.Append(shown[i]) : quoted.Append(ForeignText.JsonEscape(shown[i]));
        return quoted.Append('"').ToString();
    }

    /// <summary>The text up to <see cref="MaxShownCharacters"/>.</summary>
    public static string Shorten(string text) => text.Length <= MaxShownCharacters ? text : text.Substring(0, MaxShownCharacters) + "...";
}
