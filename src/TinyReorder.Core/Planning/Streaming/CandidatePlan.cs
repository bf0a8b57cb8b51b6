using TinyReorder.Rewrites;
using TinyReorder.Work;

namespace TinyReorder.Planning.Streaming;

/// <summary>A rewritten model, and what it needs.</summary>
/// <param name="Candidate">What was done to it.</param>
/// <param name="Rewritten">The rewritten model.</param>
/// <param name="Arena">Its arena, by a short search.</param>
/// <param name="Work">Its predicted work.</param>
/// <param name="AddedFlashBytes">How many bytes longer the file is, its plan included.</param>
internal sealed record CandidatePlan(
    RewriteCandidate Candidate, RewrittenModel Rewritten, ArenaResult Arena, WorkEstimate Work, long AddedFlashBytes);
