using System.Globalization;
using System.Text;

namespace TinyReorder.Json;

/// <summary>Shows text of a file in a message of one line.</summary>
internal static class JsonText
{
    /// <summary>How much of a text is shown.</summary>
    public const int MaxShownCharacters = 60;

    /// <summary>The text in quotes, shortened, with its control characters escaped.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in Shorten(text))
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>The text up to <see cref="MaxShownCharacters"/>.</summary>
    public static string Shorten(string text) => text.Length <= MaxShownCharacters ? text : text.Substring(0, MaxShownCharacters) + "...";
}
