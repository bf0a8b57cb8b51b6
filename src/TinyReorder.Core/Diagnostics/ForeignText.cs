using System.Globalization;
using System.Text;

namespace TinyReorder.Diagnostics;

/// <summary>
/// Text that others wrote (names in a model, in a board file, of files) on its way out. Every place that lets it out goes through here, so that it stays
/// text there: no further line, no command to a build server, no formula, no markup, no end of a comment.
/// </summary>
internal static class ForeignText
{
    /// <summary>What stands for a character that is left out.</summary>
    public const char Instead = '?';

    // What GitHub reads behind "::" as a command; it takes any word at the start of a line.
    private static readonly string[] Commands =
        ["error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-path", "set-env", "set-output", "save-state", "stop-commands", "echo",
            "add-matcher", "remove-matcher"];

    /// <summary>
    /// <paramref name="text"/> for a line of a terminal, a log or a file: line breaks, control and direction characters and halves of surrogate pairs as
    /// "?", and nothing that a build server takes for a command (<c>##vso[</c>, <c>##[</c>, <c>##teamcity[</c>, <c>::error</c>).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="instead">What stands for what is left out.</param>
    public static string Line(string text, char instead = Instead)
    {
        if (text.All(c => c is >= ' ' and <= '~' and not ('#' or ':')))
            return text;
        char[] line = text.ToCharArray();
        for (int i = 0; i < line.Length; i++)
        {
            if (!IsHarmless(text, i) || (i > 0 && line[i - 1] == text[i] && BeginsCommand(text, i)))
                line[i] = instead;
        }
        return new string(line);
    }

    /// <summary>The text for a C comment, on its line: nothing in it ends the comment, begins another one or is a trigraph.</summary>
    public static string Comment(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char next in Line(text, instead: ' '))
        {
            char last = safe.Length > 0 ? safe[safe.Length - 1] : ' ';
            if ((last == '*' && next == '/') || (last == '/' && next == '*') || (last == '?' && next == '?'))
                safe.Append(' ');
            safe.Append(next);
        }
        return safe.ToString().TrimEnd().TrimEnd('\\');
    }

    /// <summary>
    /// The text as a field of CSV: what a spreadsheet would take for a formula has a ' in front, and quotes stand around it where it needs them.
    /// </summary>
    public static string Csv(string text)
    {
        string field = Line(text);
        if (field.Length > 0 && field[0] is '=' or '+' or '-' or '@'
            && !decimal.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            field = "'" + field;
        return field.IndexOfAny([',', '"']) < 0 ? field : "\"" + field.Replace("\"", "\"\"") + "\"";
    }

    /// <summary>The text in elements and attributes of HTML, SVG and XML.</summary>
    public static string Markup(string text) =>
        Line(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");

    /// <summary>
    /// The text inside of the quotes of JSON, in ASCII: it reads back as it was, also in a script element, and no build server takes it for a command.
    /// </summary>
    public static string Json(string text)
    {
        var json = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPlain = c is >= ' ' and <= '~' and not ('<' or '>' or '&') && !(i > 0 && c is '#' or ':' && text[i - 1] == c);
            // Half of a pair is no text: readers refuse it.
            if (char.IsSurrogate(c) && !IsPair(text, char.IsLowSurrogate(c) ? i - 1 : i))
                c = '\ufffd';
            _ = c is '"' or '\\' ? json.Append('\\').Append(c) : isPlain ? json.Append(c) : json.Append(JsonEscape(c));
        }
        return json.ToString();
    }

    /// <summary>The character as JSON writes any: <c>\uXXXX</c>.</summary>
    public static string JsonEscape(char c) => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture);

    /// <summary>Whether the character at <paramref name="index"/> is shown and moves nothing: no control, format, line separator or half of a pair.</summary>
    public static bool IsHarmless(string text, int index)
    {
        char c = text[index];
        if (c is >= ' ' and <= '~')
            return true;
        if (char.IsSurrogate(c))
        {
            int first = char.IsLowSurrogate(c) ? index - 1 : index;
            return IsPair(text, first) && IsShown(CharUnicodeInfo.GetUnicodeCategory(text, first));
        }
        // No characters at all, in no version of Unicode.
        return c is not (>= '\ufdd0' and <= '\ufdef') && c < '\ufffe' && IsShown(CharUnicodeInfo.GetUnicodeCategory(c));
    }

    private static bool IsPair(string text, int index) => index >= 0 && index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static bool IsShown(UnicodeCategory category) => category is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    /// <summary>Whether the pair that ends at <paramref name="index"/> is one that a build server looks for.</summary>
    private static bool BeginsCommand(string text, int index) => text[index] switch
    {
        '#' => true,
        ':' => index == 1 || !IsWord(text[index - 2])
            || Commands.Any(command => string.CompareOrdinal(text.ToLowerInvariant(), index + 1, command, 0, command.Length) == 0),
        _ => false,
    };

    private static bool IsWord(char c) => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
