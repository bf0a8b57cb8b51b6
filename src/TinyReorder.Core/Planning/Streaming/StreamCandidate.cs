using TinyReorder.Rewrites.Regions;

namespace TinyReorder.Planning.Streaming;

/// <summary>A region that may become a loop or bands, with what that would cost, roughly.</summary>
/// <param name="Region">The region.</param>
/// <param name="Schedule">Its turns or bands.</param>
/// <param name="HeightBytes">What is held at once while it runs.</param>
/// <param name="TailBytes">What the interpreter keeps for it in addition.</param>
/// <param name="Work">Work in addition, in the units of the work model.</param>
/// <param name="Dilated">Its convolutions of one pixel that get a dilation.</param>
internal sealed record StreamCandidate(Region Region, RowSchedule Schedule, long HeightBytes, long TailBytes, double Work, IReadOnlyList<int> Dilated)
{
    /// <summary>Rows of its last operator's output that a turn makes.</summary>
    public int RowsATurn => Schedule.RowsOfTurn;
}
