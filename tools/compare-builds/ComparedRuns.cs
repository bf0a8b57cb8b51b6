using TinyReorder.CompareBuilds.Differences;
using TinyReorder.CompareBuilds.Running;

namespace TinyReorder.CompareBuilds;

/// <summary>What came of one model and option set.</summary>
/// <param name="Model">The model's file name.</param>
/// <param name="Options">The option set.</param>
/// <param name="Differences">How the two builds differ, in both tries.</param>
/// <param name="ExitCode">The exit code of the older build.</param>
/// <param name="Before">The time of the older build.</param>
/// <param name="After">The time of the newer build.</param>
internal sealed record ComparedRuns(string Model, string Options, IReadOnlyList<Difference> Differences, int ExitCode, RunTime Before, RunTime After)
{
    /// <summary>What differed in the first try and not in the second.</summary>
    public IReadOnlyList<Difference> Once { get; init; } = [];
}
