using System.Globalization;

namespace TinyReorder.Diagnostics;

/// <summary>One thing to tell the user: what is wrong, where, and what to do about it.</summary>
/// <param name="Code">A code of <see cref="DiagnosticCodes"/>, such as <c>TINY1001</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Message">What is wrong and what to do, in one line.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message)
{
    private readonly string? file;

    /// <summary>What is wrong and what to do, in one line whatever the file's own names contain.</summary>
    public string Message { get; init; } = Quote.Line(Message);

    /// <summary>The file it is about as the user named it, but for characters that would forge a line; null when it is about no file.</summary>
    public string? File
    {
        get => file;
        init => file = value is null ? null : ForeignText.Line(value);
    }

    /// <summary>The line of that file, from 1, or null.</summary>
    public int? Line { get; init; }

    /// <summary>The column in that line in UTF-16 units, from 1, or null.</summary>
    public int? Column { get; init; }

    /// <summary>The index of the subgraph it is about, or null.</summary>
    public int? Subgraph { get; init; }

    /// <summary>The index of the operator in the subgraph's file order, or null.</summary>
    public int? Operator { get; init; }

    /// <summary>An error diagnostic.</summary>
    public static Diagnostic Error(string code, string message) => new(code, DiagnosticSeverity.Error, message);

    /// <summary>A warning diagnostic.</summary>
    public static Diagnostic Warning(string code, string message) => new(code, DiagnosticSeverity.Warning, message);

    /// <summary>
    /// The canonical form that MSBuild and editors recognise: <c>file(line,column): error CODE: message</c>, or <c>file : error</c> where no line is known.
    /// </summary>
    public override string ToString()
    {
        string severity = Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "message" };
        return (File is null ? "" : File + Place() + ": ") + severity + " " + Code + ": " + Message;
    }

    private string Place() => Line is not { } line ? " "
        : Column is { } column ? string.Format(CultureInfo.InvariantCulture, "({0},{1})", line, column)
        : string.Format(CultureInfo.InvariantCulture, "({0})", line);
}
