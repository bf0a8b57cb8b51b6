using TinyReorder.Verification;

namespace TinyReorder.Tests.Rewrites.Mutations;

/// <summary>A good plan of a rewritten model with one thing changed, in the file or in its places.</summary>
/// <param name="Kind">What was changed, as the counts name it.</param>
/// <param name="What">What exactly.</param>
/// <param name="Plan">The file and its places.</param>
internal sealed record StreamMutant(string Kind, string What, PlacedPlan Plan);
