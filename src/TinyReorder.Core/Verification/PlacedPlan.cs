using TinyReorder.Tflite;

namespace TinyReorder.Verification;

/// <summary>An order of a model with everything in its place, and what it has to hold for.</summary>
internal sealed record PlacedPlan
{
    /// <summary>The model in the file's order.</summary>
    public required TfliteModel Model { get; init; }

    /// <summary>For each subgraph, order[i] is the file's index of the operator that runs i-th.</summary>
    public required ModelOrder Orders { get; init; }

    /// <summary>Where everything lies.</summary>
    public required IReadOnlyList<PlacedBuffer> Buffers { get; init; }

    /// <summary>The bytes that the buffers may use.</summary>
    public required long HeightBytes { get; init; }

    /// <summary>What every offset is a multiple of.</summary>
    public required long AlignmentBytes { get; init; }

    /// <summary>Whether outputs of VAR_HANDLE lie outside of the plan, as TFLM has it.</summary>
    public required bool HandlesAreUnplanned { get; init; }

    /// <summary>Whether subgraphs that nothing calls are run as well, each on its own.</summary>
    public required bool EverySubgraph { get; init; }

    /// <summary>Whether calls by operator codes in the older field are followed; TFLM's planner does not, though its interpreter does.</summary>
    public bool FollowsOldCodes { get; init; } = true;

    /// <summary>Whether inputs of the first subgraph have to be whole at its end.</summary>
    public bool KeepsInputs { get; init; }

    /// <summary>Replays a kernel whose output lies on an input; null where nothing may overlap.</summary>
    public OverlapCheck? Conflict { get; init; }
}
