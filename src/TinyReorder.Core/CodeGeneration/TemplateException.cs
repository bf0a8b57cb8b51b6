namespace TinyReorder.CodeGeneration;

/// <summary>A template that is not taken; <see cref="Template"/> turns it into a diagnostic.</summary>
internal sealed class TemplateException(string message, int? line) : Exception(message)
{
    /// <summary>The line of the fault, from 1, or null when it is about the whole.</summary>
    public int? Line { get; } = line;
}
