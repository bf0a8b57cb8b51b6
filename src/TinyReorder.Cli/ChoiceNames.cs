using TinyReorder.Diagnostics;
using TinyReorder.Optimization;

namespace TinyReorder.Cli;

/// <summary>The words that options take, and those for choices that only the tool puts into words; the others are in <see cref="ChoiceWords"/>.</summary>
internal static class ChoiceNames
{
    /// <summary>The words of <c>--order</c>.</summary>
    public static readonly string[] Orders = ["best", "file"];

    /// <summary>The words of <c>--plan</c>.</summary>
    public static readonly string[] Plans = ["offline", "device", "auto"];

    /// <summary>The words of <c>--overlap</c>.</summary>
    public static readonly string[] Overlaps = ["none", "in-place", "diagonal"];

    /// <summary>The words of <c>--resource-variables</c>.</summary>
    public static readonly string[] ResourceVariables = ["separate", "shared"];

    /// <summary>The word for <paramref name="variables"/>.</summary>
    public static string Of(ResourceVariableChoice variables) => variables switch
    {
        ResourceVariableChoice.Separate => "separate",
        ResourceVariableChoice.Shared => "shared",
        _ => throw new ArgumentOutOfRangeException(nameof(variables)),
    };

    /// <summary>The word for <paramref name="severity"/>, as in the canonical form of diagnostics.</summary>
    public static string Of(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Message => "message",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };
}
