using System.Reflection;
using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

/// <summary>What is called proven is the least height there is, with every technique and without any of them.</summary>
public class PlacementOptimalityTests
{
    /// <summary>All but those that need items that share.</summary>
    private static readonly PropertyInfo[] Techniques = typeof(PlacementTechniques).GetProperties()
        .Where(p => p.PropertyType == typeof(bool) && p.Name is not (nameof(PlacementTechniques.Trees) or nameof(PlacementTechniques.Zones))).ToArray();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    public void Small_instances_reach_the_height_of_brute_force(bool withFixed, int alignment)
    {
        for (int seed = 0; seed < Cases.Of(250); seed++)
        {
            List<PlacementItem> items = Instance(seed, withFixed);
            if (alignment > 1)
                items = items.ConvertAll(item => item with { Bytes = item.Bytes * 3 });
            long expected = PlacementBruteForce.Height(items, alignment);
            Placement placement = ArenaPlacer.Place(items, alignment);
            Assert.Null(PlacementChecker.Fault(items, alignment, placement));
            Assert.True(placement.Proven, $"seed {seed} is not proven");
            Assert.True(expected == placement.HeightBytes, $"seed {seed}: {placement.HeightBytes} instead of {expected}");

            Placement? within = ArenaPlacer.PlaceWithin(items, expected, out PlacementOutcome outcome, alignment);
            Assert.Equal(PlacementOutcome.Placed, outcome);
            Assert.Null(PlacementChecker.Fault(items, alignment, within!));
            Assert.True(within!.HeightBytes <= expected);
            Assert.Null(ArenaPlacer.PlaceWithin(items, expected - 1, out outcome, alignment));
            Assert.Equal(PlacementOutcome.Infeasible, outcome);
        }
    }

    [Fact]
    public void The_exact_search_alone_reaches_the_height_of_brute_force()
    {
        PlacementLimits limits = new() { Techniques = new() { Heuristics = false } };
        int count = Cases.Of(300), searched = 0, aboveLive = 0;
        for (int seed = 0; seed < count; seed++)
        {
            List<PlacementItem> items = Instance(seed, seed % 2 == 1);
            long expected = PlacementBruteForce.Height(items, 1);
            Placement placement = ArenaPlacer.Place(items, 1, limits);
            Assert.Null(PlacementChecker.Fault(items, 1, placement));
            Assert.True(placement.Proven && expected == placement.HeightBytes, $"seed {seed}: {placement.HeightBytes} instead of {expected}");
            searched += placement.Nodes > 0 ? 1 : 0;
            aboveLive += expected > PlacementChecker.LiveBytes(items, 1) ? 1 : 0;
        }
        Assert.True(searched > count / 6 && aboveLive > count / 20, $"{searched} searched, {aboveLive} above the live bytes");
    }

    [Fact]
    public void Every_combination_of_techniques_gives_the_same_height()
    {
        List<List<PlacementItem>> instances = Enumerable.Range(0, 400)
            .Select(seed => Instance(seed, seed % 4 == 3))
            .Where(items => ArenaPlacer.Place(items, 1, new() { Techniques = new() { Heuristics = false } }).Nodes > 3)
            .Take(5)
            .ToList();
        instances.Add(PlacementInstances.Cut(3, 8, 6, 12));
        Assert.Equal(6, instances.Count);
        long[] heights = instances.Select(items => PlacementBruteForce.Height(items, 1)).ToArray();
        int sets = 1 << Techniques.Length, step = (sets / Cases.Of(sets)) | 1;
        for (int set = 0; set < sets; set += step)
        {
            PlacementLimits limits = new() { Nodes = 200_000, Techniques = Switched(set) };
            for (int i = 0; i < instances.Count; i++)
            {
                Placement placement = ArenaPlacer.Place(instances[i], 1, limits);
                Assert.True(placement.Proven && placement.HeightBytes == heights[i], $"{limits.Techniques} on {i}: {placement} instead of {heights[i]}");
                Assert.Null(PlacementChecker.Fault(instances[i], 1, placement));
            }
        }
    }

    [Fact]
    public void Each_technique_alone_and_each_left_out_is_right_on_many_instances()
    {
        int all = (1 << Techniques.Length) - 1;
        for (int seed = 1000; seed < 1000 + Cases.Of(80); seed++)
        {
            List<PlacementItem> items = Instance(seed, seed % 3 == 0);
            long expected = PlacementBruteForce.Height(items, 1);
            for (int technique = 0; technique < Techniques.Length; technique++)
            {
                foreach (int set in new[] { 1 << technique, all ^ (1 << technique), all & ~(1 | (1 << technique)) })
                {
                    Placement placement = ArenaPlacer.Place(items, 1, new() { Techniques = Switched(set) });
                    Assert.True(placement.Proven && placement.HeightBytes == expected, $"seed {seed}, {Switched(set)}: {placement} instead of {expected}");
                }
            }
        }
    }

    private static List<PlacementItem> Instance(int seed, bool withFixed) =>
        PlacementInstances.Small(seed, 4 + seed % 3, 3 + seed % 5, seed % 2 == 0 ? 5 : 9, withFixed);

    private static PlacementTechniques Switched(int set)
    {
        PlacementTechniques techniques = new();
        for (int i = 0; i < Techniques.Length; i++)
            Techniques[i].SetValue(techniques, (set >> i & 1) == 1);
        return techniques;
    }
}
