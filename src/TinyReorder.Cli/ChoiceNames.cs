using TinyReorder.Diagnostics;

namespace TinyReorder.Cli;

/// <summary>The words for choices that only the tool puts into words; the others are in <see cref="Planning.ChoiceWords"/>.</summary>
internal static class ChoiceNames
{
    /// <summary>The word for <paramref name="severity"/>, as in the canonical form of diagnostics.</summary>
    public static string Of(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Message => "message",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };
}
