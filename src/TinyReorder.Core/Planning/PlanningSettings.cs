using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Rewrites;
using TinyReorder.Runtimes;

namespace TinyReorder.Planning;

/// <summary>What the plan of a model depends on beside the model.</summary>
internal sealed record PlanningSettings
{
    private const int SearchTimesInAll = 4;

    private static readonly TimeSpan LeastPlacementTime = TimeSpan.FromSeconds(0.5);

    /// <summary>What runs the model; null where the arena is the plan alone.</summary>
    public required RuntimeChoice? Runtime { get; init; }

    /// <summary>The runtime's profile; null where the arena is the plan alone.</summary>
    public RuntimeProfile? Profile => Runtime?.Profile;

    /// <summary>The profile that says what operators may share; without a runtime the kernels that the user names, else the reference ones.</summary>
    public required RuntimeProfile Rules { get; init; }

    /// <summary>How messages name options.</summary>
    public required OptionStyle Style { get; init; }

    public required OrderChoice Order { get; init; }

    public required PlanChoice Plan { get; init; }

    public required OverlapChoice Overlap { get; init; }

    /// <summary>
    /// How far tensors would share memory if the version were known: more than <see cref="Overlap"/> only where the user left both open. Such plans are made
    /// to tell what they would save.
    /// </summary>
    public OverlapChoice OverlapIfKnown { get; init; }

    /// <summary>
    /// How far tensors may share memory in a plan of the file's that is kept: any rule of the kernels will do where the user asks for nothing else.
    /// </summary>
    public required OverlapChoice MostOwnOverlap { get; init; }

    /// <summary>Whether only the file as it is counts.</summary>
    public required bool AsItIs { get; init; }

    /// <summary>Where the model is a rewritten one: what it is of, and what has to lie at one place in it; null for any other.</summary>
    public RewrittenModel? Rewritten { get; init; }

    /// <summary>Whether the model's inputs stay whole until its last operator has run.</summary>
    public required bool KeepsInputs { get; init; }

    public required TimeSpan SearchTime { get; init; }

    /// <summary>The time to search for the orders of all subgraphs; a file may have thousands.</summary>
    public TimeBudget AllSearchTime => new(SearchTime, Times(SearchTime, SearchTimesInAll));

    /// <summary>
    /// The time to search for placements. They end by their nodes, so that a short search for the order need not make them depend on the clock.
    /// </summary>
    public TimeBudget PlacementTime =>
        new(PlacementLimits.Default.Time, SearchTime < LeastPlacementTime ? LeastPlacementTime : Times(SearchTime, SearchTimesInAll));

    public required Action<OptimizationProgress>? Progress { get; init; }

    public required CancellationToken Cancellation { get; init; }

    private static TimeSpan Times(TimeSpan time, int factor) => TimeSpan.FromTicks(time.Ticks * factor);
}
