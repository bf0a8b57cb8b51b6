using TinyReorder.Rewrites.Regions;

namespace TinyReorder.Planning.Streaming;

/// <summary>A region that may become a loop, with what that would cost, roughly.</summary>
/// <param name="Region">The region.</param>
/// <param name="Schedule">Its turns.</param>
/// <param name="HeightBytes">What is held at once while the loop runs.</param>
/// <param name="TailBytes">What the interpreter keeps for the loop in addition.</param>
/// <param name="Work">Work in addition, in the units of the work model.</param>
internal sealed record StreamCandidate(Region Region, TurnSchedule Schedule, long HeightBytes, long TailBytes, double Work);
