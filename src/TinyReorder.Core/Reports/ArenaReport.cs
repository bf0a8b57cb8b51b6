using TinyReorder.Planning;

namespace TinyReorder.Reports;

/// <summary>One plan of the arena: what lies where and when.</summary>
internal sealed record ArenaReport
{
    /// <summary>The plan's figures.</summary>
    public required ArenaResult Plan { get; init; }

    /// <summary>
    /// Short and unique among the report's plans: <c>default</c> for the file's order on the device, <c>own</c> for the plan that the file carries, else
    /// the order, who places, and the overlap.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>What people read: such as <c>best order, placed by us</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Everything that lies in the non-persistent part at some moment.</summary>
    public required IReadOnlyList<ArenaBlock> Blocks { get; init; }

    /// <summary>The operators that run, by the moment at which each begins for the first time.</summary>
    public required IReadOnlyList<ArenaMoment> Moments { get; init; }

    /// <summary>0, or -1 where the planner gives memory to what it never sees at work: tensors of subgraphs that it does not find called.</summary>
    public required int FirstMoment { get; init; }

    /// <summary>The last moment at which anything lives.</summary>
    public required int LastMoment { get; init; }

    /// <summary>The first moment at which the most bytes are in use.</summary>
    public required int PeakMoment { get; init; }

    /// <summary>The bytes in use at <see cref="PeakMoment"/>; what shares memory counts once.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>The height of the non-persistent part.</summary>
    public long HeightBytes => Plan.PlannedBytes + Plan.ScratchBytes;

    /// <summary>What placement loses: the height over the bytes in use at the peak.</summary>
    public long FragmentationBytes => HeightBytes - PeakBytes;

    /// <summary>What lies between the non-persistent and the persistent part: room that planner and kernels need before the first run, and rounding.</summary>
    public long BetweenBytes => Plan.ArenaBytes - HeightBytes - Plan.PersistentBytes;
}
