using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;

namespace TinyReorder.Cli;

/// <summary>The words that options, JSON and text use for the choices.</summary>
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

    /// <summary>The word for <paramref name="order"/>.</summary>
    public static string Of(OrderChoice order) => order switch
    {
        OrderChoice.Best => "best",
        OrderChoice.File => "file",
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    /// <summary>The word for <paramref name="plan"/>.</summary>
    public static string Of(PlanChoice plan) => plan switch
    {
        PlanChoice.Offline => "offline",
        PlanChoice.Device => "device",
        PlanChoice.Auto => "auto",
        _ => throw new ArgumentOutOfRangeException(nameof(plan)),
    };

    /// <summary>The word for <paramref name="overlap"/>.</summary>
    public static string Of(OverlapChoice overlap) => overlap switch
    {
        OverlapChoice.None => "none",
        OverlapChoice.InPlace => "in-place",
        OverlapChoice.Diagonal => "diagonal",
        _ => throw new ArgumentOutOfRangeException(nameof(overlap)),
    };

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
