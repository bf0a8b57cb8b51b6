namespace TinyReorder.Json;

/// <summary>A text that is no JSON; <see cref="JsonFile"/> turns it into a diagnostic.</summary>
internal sealed class JsonSyntaxException(string message, int line, int column) : Exception(message)
{
    /// <summary>The line of the fault, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column of the fault in UTF-16 units, from 1.</summary>
    public int Column { get; } = column;
}
