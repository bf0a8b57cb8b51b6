using TinyReorder.Rewrites;
using TinyReorder.Work;

namespace TinyReorder.Planning.Streaming;

/// <summary>Regions as loops, and what the model needs then.</summary>
/// <param name="Regions">The regions that were taken.</param>
/// <param name="Rewritten">The rewritten model.</param>
/// <param name="ArenaBytes">Its arena, by a short search.</param>
/// <param name="Work">Its predicted work.</param>
/// <param name="AddedFlashBytes">How many bytes longer the file is, its plan included.</param>
internal sealed record CandidatePlan(
    IReadOnlyList<StreamCandidate> Regions, RewrittenModel Rewritten, long ArenaBytes, WorkEstimate Work, long AddedFlashBytes);
