using TinyReorder.Graphs;

namespace TinyReorder.Tests.Shared;

/// <summary>Random graphs of many wirings and sizes; the same arguments give the same graph on every platform.</summary>
public static class RandomGraphs
{
    public static IReadOnlyList<GraphFamily> Families { get; } = Enum.GetValues<GraphFamily>();

    /// <summary>A graph of exactly <paramref name="operators"/> operators; a wiring that is cut off there has more outputs than a whole one.</summary>
    internal static Graph Create(GraphFamily family, int operators, ulong seed, GraphTraits traits = GraphTraits.None)
    {
        var sketch = new GraphSketch(operators, new Pcg32((seed * 31) + (ulong)family));
        switch (family)
        {
            case GraphFamily.Chain: SyntheticWirings.Chain(sketch); break;
            case GraphFamily.Arbitrary: SyntheticWirings.Arbitrary(sketch); break;
            case GraphFamily.SeriesParallel: SyntheticWirings.SeriesParallel(sketch); break;
            case GraphFamily.Layered: SyntheticWirings.Layered(sketch); break;
            case GraphFamily.HillsAndValleys: SyntheticWirings.HillsAndValleys(sketch); break;
            case GraphFamily.NasNet: NetworkWirings.NasNet(sketch); break;
            case GraphFamily.RandWire: NetworkWirings.RandWire(sketch); break;
            case GraphFamily.UNet: NetworkWirings.UNet(sketch); break;
            case GraphFamily.Transformer: NetworkWirings.Transformer(sketch); break;
            case GraphFamily.HRNet: NetworkWirings.HRNet(sketch); break;
            case GraphFamily.BiFpn: NetworkWirings.BiFpn(sketch); break;
            case GraphFamily.DenseNet: NetworkWirings.DenseNet(sketch); break;
            default: throw new ArgumentOutOfRangeException(nameof(family));
        }
        sketch.Decorate(traits);
        return sketch.Build(traits);
    }

    /// <summary>A graph of 1 to <paramref name="most"/> operators whose wiring and traits the seed decides, for comparisons with brute force.</summary>
    internal static Graph Tiny(ulong seed, int most)
    {
        var random = new Pcg32(seed);
        // Wirings that mean something in so few operators twice as often as the others.
        GraphFamily family = random.OneIn(2)
            ? random.Pick([GraphFamily.Arbitrary, GraphFamily.SeriesParallel, GraphFamily.Layered, GraphFamily.HillsAndValleys]) : random.Pick(Families);
        return Create(family, random.Between(1, most), seed, (GraphTraits)random.Below((int)GraphTraits.All + 1));
    }
}
