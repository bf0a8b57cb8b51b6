namespace TinyReorder.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> weighs.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Message,

    /// <summary>The result stands, with a restriction that is named.</summary>
    Warning,

    /// <summary>There is no result, or it must not be used.</summary>
    Error,
}
