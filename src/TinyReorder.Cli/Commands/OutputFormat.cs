using System.CommandLine;
using System.CommandLine.Parsing;

namespace TinyReorder.Cli.Commands;

/// <summary>Which form of output a command line asks for.</summary>
internal static class OutputFormat
{
    /// <summary>Whether <paramref name="line"/> asks for JSON; read from its tokens, so that it is known for lines with errors too.</summary>
    public static bool IsJson(ParseResult line) => Is(line, CommonOptions.Json);

    /// <summary>Whether it asks for Markdown, in the same way.</summary>
    public static bool IsMarkdown(ParseResult line) => Is(line, CommonOptions.Markdown);

    private static bool Is(ParseResult line, string format)
    {
        bool isValue = false;
        foreach (Token token in line.Tokens)
        {
            if (isValue && string.Equals(token.Value, format, StringComparison.OrdinalIgnoreCase))
                return true;
            isValue = token is { Type: TokenType.Option, Value: CommonOptions.FormatName };
        }
        return false;
    }
}
