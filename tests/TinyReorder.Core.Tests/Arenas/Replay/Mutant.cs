using TinyReorder.Runtimes.Tflm;

namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>A plan with something changed.</summary>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="What">The change.</param>
/// <param name="Orders">The orders after it.</param>
/// <param name="Buffers">The places after it.</param>
/// <param name="IsFault">Whether it makes the plan wrong, by the lifetimes and the data flow.</param>
internal sealed record Mutant(MutantKind Kind, string What, IReadOnlyList<IReadOnlyList<int>> Orders, IReadOnlyList<TflmBuffer> Buffers, bool IsFault);
