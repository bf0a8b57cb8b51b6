using TinyReorder.Arenas;

namespace TinyReorder.Benchmarks.Placing;

/// <summary>Buffers to place.</summary>
internal sealed record PlacementCase(string Name, IReadOnlyList<PlacementItem> Items);
