namespace TinyReorder.Diagnostics;

/// <summary>Input that cannot be worked with; carries the one diagnostic that the user sees.</summary>
public sealed class TinyReorderException : Exception
{
    /// <summary>An exception for <paramref name="diagnostic"/>.</summary>
    public TinyReorderException(Diagnostic diagnostic) : base(diagnostic.Message) => Diagnostic = diagnostic;

    /// <summary>An exception for <paramref name="diagnostic"/> with the failure that led to it.</summary>
    public TinyReorderException(Diagnostic diagnostic, Exception inner) : base(diagnostic.Message, inner) => Diagnostic = diagnostic;

    /// <summary>What to tell the user.</summary>
    public Diagnostic Diagnostic { get; }
}
