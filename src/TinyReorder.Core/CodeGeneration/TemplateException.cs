using Scriban.Parsing;

namespace TinyReorder.CodeGeneration;

/// <summary>A template that is not taken; <see cref="Template"/> turns it into a diagnostic.</summary>
internal sealed class TemplateException(string message, int? line = null, int? column = null) : Exception(message)
{
    /// <summary>The line of the fault, from 1, or null when it is about the whole.</summary>
    public int? Line { get; } = line;

    /// <summary>The column in that line, from 1, or null.</summary>
    public int? Column { get; } = column;

    /// <summary>A fault in a part of the template.</summary>
    public static TemplateException At(SourceSpan span, string message) => new(message, span.Start.Line + 1, span.Start.Column + 1);

    /// <summary>A fault at a position of the text.</summary>
    public static TemplateException At(string text, int position, string message)
    {
        int lineStart = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        return new(message, 1 + text.Take(lineStart).Count(c => c == '\n'), 1 + position - lineStart);
    }
}
