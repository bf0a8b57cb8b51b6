using TinyReorder.Diagnostics;

namespace TinyReorder.Web.Messages;

/// <summary>A diagnostic: what is wrong, where, and what to do.</summary>
internal sealed record Trouble
{
    public Trouble(Diagnostic diagnostic)
    {
        (Code, Severity, Message) = (diagnostic.Code, diagnostic.Severity, diagnostic.Message);
        (File, Line, Column, Subgraph, Operator) = (diagnostic.File, diagnostic.Line, diagnostic.Column, diagnostic.Subgraph, diagnostic.Operator);
    }

    public string Code { get; }

    public DiagnosticSeverity Severity { get; }

    public string Message { get; }

    public string? File { get; }

    public int? Line { get; }

    public int? Column { get; }

    public int? Subgraph { get; }

    public int? Operator { get; }
}
