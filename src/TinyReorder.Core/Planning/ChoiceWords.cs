using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;

namespace TinyReorder.Planning;

/// <summary>The words by which options, JSON, reports, help and generated code name the choices; the first of each is the default.</summary>
internal static class ChoiceWords
{
    /// <summary>The words for orders.</summary>
    public static Choice<OrderChoice> Orders { get; } = new([("best", OrderChoice.Best), ("file", OrderChoice.File)]);

    /// <summary>The words for plans; <c>own</c>, the one that a file carries, is only in answers.</summary>
    public static Choice<PlanChoice> Plans { get; } =
        new([("auto", PlanChoice.Auto), ("offline", PlanChoice.Offline), ("device", PlanChoice.Device)], [("own", PlanChoice.Own)]);

    /// <summary>The words for overlap. What holds where nothing is said, the profile tells.</summary>
    public static Choice<OverlapChoice> Overlaps => OverlapWords.All;

    /// <summary>The words for where resource variables are kept.</summary>
    public static Choice<ResourceVariableChoice> ResourceVariables { get; } =
        new([("separate", ResourceVariableChoice.Separate), ("shared", ResourceVariableChoice.Shared)]);

    /// <summary>The words for rewrites.</summary>
    public static Choice<RewriteChoice> Rewrites { get; } = new([("off", RewriteChoice.Off), ("simplify", RewriteChoice.Simplify), ("stream", RewriteChoice.Stream)]);

    /// <summary>The words for what is done or not.</summary>
    public static Choice<bool> Truths { get; } = new([("false", false), ("true", true)]);

    /// <summary>The word for <paramref name="order"/>.</summary>
    public static string Of(OrderChoice order) => Orders.Of(order);

    /// <summary>The word for <paramref name="plan"/>.</summary>
    public static string Of(PlanChoice plan) => Plans.Of(plan);

    /// <summary>The word for <paramref name="overlap"/>.</summary>
    public static string Of(OverlapChoice overlap) => Overlaps.Of(overlap);

    /// <summary>The word for <paramref name="variables"/>.</summary>
    public static string Of(ResourceVariableChoice variables) => ResourceVariables.Of(variables);

    /// <summary>The word for <paramref name="rewrite"/>.</summary>
    public static string Of(RewriteChoice rewrite) => Rewrites.Of(rewrite);
}
