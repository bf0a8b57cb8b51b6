using System.Text.RegularExpressions;

namespace TinyReorder.CodeGeneration;

/// <summary>Tells templates in the syntax of Handlebars, which were rendered before those of Scriban were.</summary>
internal static class HandlebarsText
{
    /// <summary>How their files ended.</summary>
    public const string Extension = ".hbs";

    /// <summary>The new syntax beside the old.</summary>
    public const string NewSyntax =
        "is in the syntax of Handlebars, but templates are in that of Scriban now: name it .sbn, "
        + "and write {{ if board }} {{ else }} {{ end }} for {{#if board}} {{else}} {{/if}}, "
        + "{{ if !board }} for {{#unless board}}, {{ for c in constants }}{{ c.value }}{{ end }} for {{#each constants}}{{value}}{{/each}}; {{symbol}} stays";

    private static readonly Regex Block = new(@"\{\{~?\s*(?:[#/](?:if|unless|each|with)\b|\^)", RegexOptions.CultureInvariant);
    private static readonly Regex BlockEnd = new(@"\{\{~?/(?:if|unless|each|with)\b", RegexOptions.CultureInvariant);

    /// <summary>Whether a text that Scriban does not take looks like Handlebars.</summary>
    public static bool Is(string text) => BlockEnd.IsMatch(text);

    /// <summary>The error about such a text, at its first block.</summary>
    public static TemplateException Fault(string text) =>
        TemplateException.At(text, Block.Match(text) is { Success: true } match ? match.Index : 0, NewSyntax);
}
