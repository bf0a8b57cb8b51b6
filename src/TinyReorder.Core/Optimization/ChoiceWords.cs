using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>The words by which options, JSON, reports and generated code name the choices.</summary>
public static class ChoiceWords
{
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
        PlanChoice.Own => "own",
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
}
