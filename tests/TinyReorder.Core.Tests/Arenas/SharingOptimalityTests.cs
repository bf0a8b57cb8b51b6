using System.Reflection;
using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

/// <summary>Where items may lie on common bytes, too, what is called proven is the least height there is.</summary>
public class SharingOptimalityTests
{
    private static readonly PropertyInfo[] Techniques = typeof(PlacementTechniques).GetProperties().Where(p => p.PropertyType == typeof(bool)).ToArray();

    private static readonly int Few = Cases.Of(300);

    /// <summary>How many instances of each kind where many are; more are tried by hand with TINYREORDER_FUZZ.</summary>
    private static readonly int Many = int.TryParse(Environment.GetEnvironmentVariable("TINYREORDER_FUZZ"), out int count) ? count : Cases.Of(2000);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Any_shares_reach_the_height_of_brute_force(bool withFixed, bool withExact) => TryAny(withFixed, withExact, Few);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [Trait("Category", "Slow")]
    public void Many_of_any_shares_reach_the_height_of_brute_force(bool withFixed, bool withExact) => TryAny(withFixed, withExact, Many);

    [Theory]
    [InlineData(5, 4)]
    [InlineData(7, 3)]
    public void Networks_reach_the_height_of_brute_force(int operators, int mostBytes) => TryNetworks(operators, mostBytes, Few);

    [Theory]
    [InlineData(5, 4)]
    [InlineData(7, 3)]
    [Trait("Category", "Slow")]
    public void Many_networks_reach_the_height_of_brute_force(int operators, int mostBytes) => TryNetworks(operators, mostBytes, Many);

    /// <summary>All combinations would be too many: each instance gets another one, at random.</summary>
    [Fact]
    public void Any_combination_of_techniques_gives_the_same_height() => TryCombinations(2 * Few);

    [Fact]
    [Trait("Category", "Slow")]
    public void Any_combination_of_techniques_gives_the_same_height_of_many() => TryCombinations(2 * Many);

    private static void TryAny(bool withFixed, bool withExact, int count)
    {
        int below = 0;
        for (int seed = 0; seed < count; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = SharingInstances.Any(seed, 2 + seed % 4, 1 + seed % 7, seed % 2 == 0 ? 4 : 7, withFixed,
                withExact);
            below += Check(seed, items, shares, 1, new());
        }
        Assert.True(below > count / 5, $"{below} gain by sharing");
    }

    private static void TryNetworks(int operators, int mostBytes, int count)
    {
        int below = 0;
        for (int seed = 0; seed < count; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = SharingInstances.Network(seed, 1 + seed % operators, mostBytes);
            below += Check(seed, items, shares, 1, new());
        }
        Assert.True(below > count / 5, $"{below} gain by sharing");
    }

    private static void TryCombinations(int count)
    {
        Random random = new(1);
        for (int seed = 0; seed < count; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = seed % 2 == 0
                ? SharingInstances.Any(seed, 3 + seed % 3, 1 + seed % 5, 5, seed % 4 == 0, seed % 8 < 6)
                : SharingInstances.Network(seed, 2 + seed % 4, 4);
            int set = random.Next(1 << Techniques.Length);
            if (seed % 3 > 0)
                set &= ~Shortcuts;
            Check(seed, items, shares, 1, Switched(set));
        }
    }

    [Fact]
    public void Each_technique_alone_and_each_left_out_is_right()
    {
        int all = (1 << Techniques.Length) - 1, noShortcuts = all & ~Shortcuts;
        for (int seed = 0; seed < Many / 50; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = seed % 2 == 0
                ? SharingInstances.Any(seed, 3 + seed % 3, 1 + seed % 5, 5, seed % 4 == 0, seed % 8 < 6)
                : SharingInstances.Network(seed, 2 + seed % 4, 4);
            for (int technique = 0; technique < Techniques.Length; technique++)
            {
                foreach (int set in new[] { 1 << technique, all ^ (1 << technique), noShortcuts & ~(1 << technique) })
                    Check(seed, items, shares, 1, Switched(set));
            }
        }
    }

    /// <summary>Below what is of use nothing is missed; where nothing can be that low, nothing is searched.</summary>
    [Fact]
    public void A_limit_of_use_hides_no_placement_within()
    {
        int without = 0;
        for (int seed = 0; seed < Many / 20; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = SharingInstances.Any(seed, 3 + seed % 3, 1 + seed % 5, 5, false, true);
            long least = PlacementBruteForce.Height(items, 1, shares);
            foreach (long most in new[] { least, least + 1 })
                Assert.Equal(least, ArenaPlacer.Place(items, shares, 1, Of(seed, most)).HeightBytes <= most ? least : -1);
            Placement useless = ArenaPlacer.Place(items, shares, 1, Of(seed, least - 1));
            Assert.True(useless.HeightBytes >= least && useless.LowerBoundBytes <= least, $"seed {seed}");
            without += useless.Nodes == 0 ? 1 : 0;
        }
        Assert.True(without > Many / 40, $"{without} without a search");

        PlacementLimits Of(int seed, long most) =>
            new() { MostBytes = most, Techniques = seed % 2 == 0 ? new() : new() { Heuristics = false, Trees = false } };
    }

    /// <summary>The first capacities that are asked for are then as large as can be.</summary>
    [Fact]
    public void Without_a_greedy_height_no_sum_overflows()
    {
        for (int seed = 90; seed < 250; seed += 10)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = SharingInstances.Any(seed, 3 + seed % 3, 1 + seed % 5, 5, false, true);
            Check(seed, items, shares, 1, new() { Heuristics = false });
        }
    }

    /// <summary>What makes the search superfluous.</summary>
    private static int Shortcuts =>
        Bit(nameof(PlacementTechniques.Heuristics)) | Bit(nameof(PlacementTechniques.Trees)) | Bit(nameof(PlacementTechniques.Zones));

    private static int Bit(string name) => 1 << Array.FindIndex(Techniques, technique => technique.Name == name);

    private static PlacementTechniques Switched(int set)
    {
        PlacementTechniques techniques = new();
        for (int i = 0; i < Techniques.Length; i++)
            Techniques[i].SetValue(techniques, (set >> i & 1) == 1);
        return techniques;
    }

    /// <summary>Returns 1 where sharing gains something.</summary>
    private static int Check(int seed, List<PlacementItem> items, List<PlacementShare> shares, long alignment, PlacementTechniques techniques)
    {
        long expected = PlacementBruteForce.Height(items, alignment, shares);
        PlacementLimits limits = new() { Techniques = techniques };
        Placement placement = ArenaPlacer.Place(items, shares, alignment, limits);
        string Text() =>
            $"seed {seed}: {placement} instead of {expected} for {string.Join(", ", items)} and {string.Join(", ", shares)} with {techniques}, at "
            + $"{string.Join(" ", placement.OffsetBytes)}";
        Assert.True(PlacementChecker.Fault(items, alignment, placement, shares) is null,
            $"{PlacementChecker.Fault(items, alignment, placement, shares)} {Text()}");
        Assert.True(placement.Proven && placement.HeightBytes == expected, Text());
        PlacementVerifier.Verify(items, shares, placement.OffsetBytes, alignment, expected);

        Placement? within = ArenaPlacer.PlaceWithin(items, shares, expected, out PlacementOutcome outcome, alignment, limits);
        Assert.True(outcome == PlacementOutcome.Placed && within!.HeightBytes <= expected, Text());
        Assert.Null(PlacementChecker.Fault(items, alignment, within!, shares));
        Assert.Null(ArenaPlacer.PlaceWithin(items, shares, expected - 1, out outcome, alignment, limits));
        Assert.True(outcome == PlacementOutcome.Infeasible, Text());
        return ArenaPlacer.Place(items, alignment).HeightBytes > expected ? 1 : 0;
    }
}
