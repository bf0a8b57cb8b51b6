using TinyReorder.Arenas;

namespace TinyReorder.Benchmarks.Placing;

/// <summary>Buffers to place.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Items">The buffers.</param>
/// <param name="Shares">Which of them may lie on common bytes.</param>
internal sealed record PlacementCase(string Name, IReadOnlyList<PlacementItem> Items, IReadOnlyList<PlacementShare> Shares)
{
    public PlacementCase(string name, IReadOnlyList<PlacementItem> items)
        : this(name, items, [])
    {
    }

    public PlacementCase(string name, (List<PlacementItem> Items, List<PlacementShare> Shares) shared)
        : this(name, shared.Items, shared.Shares)
    {
    }
}
