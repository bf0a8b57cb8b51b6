using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

/// <summary>How many nodes the search for a placement takes, which is the same on every machine.</summary>
public class PlacementEffortTests
{
    /// <summary>Instances whose least height is above what is live at once, so that a search has to show that there is none below.</summary>
    private static readonly List<PlacementItem>[] Instances =
    [
        .. new[] { 1, 4, 7, 11, 16, 19, 21 }.Select(seed => PlacementInstances.Small(seed, 12, 9, 9, withFixed: true)),
        .. new[] { 0, 4, 7, 8, 14, 22, 26, 31 }.Select(seed => PlacementInstances.Small(seed, 14, 10, 9, withFixed: true)),
    ];

    private static readonly PlacementTechniques Alone = new() { Heuristics = false };

    [Fact]
    public void Few_nodes_are_taken()
    {
        foreach (List<PlacementItem> items in Instances)
            Assert.True(ArenaPlacer.Place(items, 1).HeightBytes > PlacementChecker.LiveBytes(items, 1));
        Assert.InRange(Nodes(new()), 1, 7_900);
        Assert.InRange(Nodes(Alone), 1, 76_500);
    }

    [Fact]
    public void Each_technique_saves_nodes()
    {
        long few = Nodes(Alone);
        PlacementTechniques[] others =
        [
            Alone with { Canonical = false },
            Alone with { Dominance = false },
            Alone with { FloorOfOpen = false },
            Alone with { Lifting = false },
            Alone with { Symmetry = false },
            Alone with { Memo = false },
        ];
        Assert.All(others, without => Assert.True(few < Nodes(without), $"{few} nodes are not fewer than with {without}"));
    }

    /// <summary>Nodes of all instances; each is proven, or ends at as many nodes as no search with the technique takes.</summary>
    private static long Nodes(PlacementTechniques techniques) =>
        Instances.Sum(items => ArenaPlacer.Place(items, 1, new() { Nodes = 20_000, Time = TimeSpan.MaxValue, Techniques = techniques }).Nodes);
}
