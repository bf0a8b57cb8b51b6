using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

/// <summary>What the placer uses where items share, each part alone against brute force.</summary>
public class SharingPartsTests
{
    /// <summary>With few zones kept it may not know, but what it says is so; with many it knows.</summary>
    [Theory]
    [InlineData(5, true)]
    [InlineData(10_000, false)]
    public void Going_through_time_says_what_is_so(int mostZones, bool areFew)
    {
        int placed = 0, infeasible = 0, unknown = 0;
        foreach ((List<PlacementItem> items, List<PlacementShare> shares) in Instances(60_000, 800))
        {
            long height = PlacementBruteForce.Height(items, 1, shares);
            PlacementProblem problem = PlacementProblem.From(items, 1, shares);
            if (problem.ComponentCount != 1 || problem.Unit != 1)
                continue;
            PlacementZones zones = new(problem, 0, mostZones, new(PlacementLimits.Default));
            Assert.True(zones.IsUseful);
            foreach (long capacity in new[] { height + 1, height - 1, height })
            {
                long[] offsets = new long[items.Count];
                switch (zones.Fit(capacity, 1_000_000, offsets))
                {
                    case PlacementOutcome.Placed:
                        Assert.True(capacity >= height);
                        PlacementVerifier.Verify(items, shares, offsets, 1, capacity);
                        placed++;
                        break;
                    case PlacementOutcome.Infeasible:
                        Assert.True(capacity < height);
                        infeasible++;
                        break;
                    default:
                        unknown++;
                        break;
                }
            }
            // Without work to do it in it does not know.
            Assert.Equal(PlacementOutcome.LimitReached,
                new PlacementZones(problem, 0, mostZones, new(PlacementLimits.Default)).Fit(height, 0, new long[items.Count]));
        }
        Assert.True(placed > 0 && infeasible > 0, $"{placed} placed, {infeasible} infeasible, {unknown} unknown");
        Assert.Equal(areFew, unknown > 0);
    }

    /// <summary>Trees bound the height from below, and where nothing is left out they are placed at it.</summary>
    [Fact]
    public void Trees_bound_the_height_and_whole_ones_reach_it()
    {
        int whole = 0, raised = 0;
        foreach ((List<PlacementItem> items, List<PlacementShare> shares) in Instances(70_000, 800).Concat(Chains(400)))
        {
            long height = PlacementBruteForce.Height(items, 1, shares);
            PlacementProblem problem = PlacementProblem.From(items, 1, shares);
            if (problem.ComponentCount != 1 || problem.Unit != 1)
                continue;
            Assert.True(problem.LowerBound <= height);
            foreach (Func<int, int, long> preference in PlacementTree.Preferences(problem))
            {
                PlacementTree tree = PlacementTree.Of(problem, Enumerable.Range(0, items.Count), preference);
                long least = tree.LeastCapacity(problem.LowerBound, height);
                Assert.InRange(least, problem.LowerBound, height);
                Assert.True(tree.Fits(height) && (least == problem.LowerBound || !tree.Fits(least - 1)));
                raised += least > problem.LowerBound ? 1 : 0;
                if (!tree.IsWhole)
                    continue;
                whole++;
                Assert.Equal(height, least);
                long[] offsets = new long[items.Count];
                Assert.True(tree.Fits(least));
                tree.Place(offsets);
                PlacementVerifier.Verify(items, shares, offsets, 1, height);
            }
        }
        Assert.True(whole > 0 && raised > 0, $"{whole} whole, {raised} raised");
    }

    /// <summary>What items that all live together save by sharing is bounded from above, and mostly met.</summary>
    [Fact]
    public void Savings_are_no_less_than_what_can_be_saved()
    {
        int met = 0, all = 0;
        for (int seed = 80_000; seed < 80_000 + Cases.Of(1_500); seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = SharingInstances.Any(seed, 2 + (seed % 4), 1, 5, false, seed % 2 == 0);
            PlacementProblem problem = PlacementProblem.From(items, 1, shares);
            if (problem.Sharing is not { } sharing)
                continue;
            long saved = items.Sum(item => item.Bytes) - PlacementBruteForce.Height(items, 1, shares), bound = sharing.Savings.Of(0, null) * problem.Unit;
            Assert.True(sharing.Savings.Any(0));
            Assert.True(bound >= saved, $"seed {seed}: {bound} bounds {saved}");
            Assert.Equal(0, sharing.Savings.Of(0, new long[items.Count]));
            all++;
            met += bound == saved ? 1 : 0;
        }
        Assert.True(met > all / 2, $"{met} of {all}");
    }

    /// <summary>The search without what makes it superfluous.</summary>
    [Fact]
    public void The_search_alone_reaches_the_height_of_brute_force()
    {
        foreach ((List<PlacementItem> items, List<PlacementShare> shares) in Instances(90_000, 1_600))
        {
            long height = PlacementBruteForce.Height(items, 1, shares);
            Placement placement = ArenaPlacer.Place(items, shares, 1, SearchAlone);
            Assert.Null(PlacementChecker.Fault(items, 1, placement, shares));
            Assert.Equal((true, height), (placement.Proven, placement.HeightBytes));
            Assert.Null(ArenaPlacer.PlaceWithin(items, shares, height - 1, out PlacementOutcome outcome, 1, SearchAlone));
            Assert.Equal(PlacementOutcome.Infeasible, outcome);
        }
    }

    /// <summary>Two states of this instance differ only by where exact distances could hold what is open; one of them fails.</summary>
    [Fact]
    public void What_is_remembered_of_a_failure_tells_exact_distances_apart()
    {
        PlacementItem[] items = [new(0, 4, 0, 1), new(1, 2, 1, 4), new(2, 2, 1, 4), new(3, 3, 2, 3), new(4, 3, 3, 4), new(5, 7, 4, 4)];
        PlacementShare[] shares = [new(1, 0, 0, true), new(2, 0, 2, true), new(3, 4, 0, true), new(4, 5, 0, true), new(2, 5, 3, true), new(1, 5, 5, true)];
        Placement placement = ArenaPlacer.Place(items, shares, 1, SearchAlone);
        Assert.Null(PlacementChecker.Fault(items, 1, placement, shares));
        Assert.Equal((true, 7L), (placement.Proven, placement.HeightBytes));
    }

    /// <summary>Cut short anywhere, it never says that nothing fits where something does.</summary>
    [Fact]
    public void A_search_that_is_cut_short_says_no_more_than_it_knows()
    {
        int unknown = 0;
        foreach ((List<PlacementItem> items, List<PlacementShare> shares) in Instances(95_000, 300))
        {
            long height = PlacementBruteForce.Height(items, 1, shares);
            foreach (int nodes in new[] { 1, 2, 5, 10, 20, 50 })
            {
                PlacementLimits limits = SearchAlone with { Nodes = nodes };
                Placement placement = ArenaPlacer.Place(items, shares, 1, limits);
                Assert.Null(PlacementChecker.Fault(items, 1, placement, shares));
                Assert.True(placement.LowerBoundBytes <= height);
                ArenaPlacer.PlaceWithin(items, shares, height, out PlacementOutcome outcome, 1, limits);
                Assert.NotEqual(PlacementOutcome.Infeasible, outcome);
                unknown += outcome == PlacementOutcome.LimitReached ? 1 : 0;
            }
        }
        Assert.True(unknown > 0);
    }

    /// <summary>The same on every machine; what no longer bounds, or tries one place twice, takes more.</summary>
    [Fact]
    public void The_search_alone_takes_few_nodes()
    {
        long nodes = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = seed % 2 == 0
                ? SharingInstances.Any(seed, 7, 5, 6, seed % 4 == 0, true) : SharingInstances.Network(seed, 6, 5);
            nodes += ArenaPlacer.Place(items, shares, 1, SearchAlone).Nodes;
        }
        Assert.InRange(nodes, 1, 47_000);
    }

    private static readonly PlacementLimits SearchAlone = new()
    {
        Nodes = 20_000,
        Time = TimeSpan.MaxValue,
        Techniques = new() { Heuristics = false, Trees = false, Zones = false }
    };

    private static IEnumerable<(List<PlacementItem> Items, List<PlacementShare> Shares)> Instances(int from, int count)
    {
        for (int seed = from; seed < from + Cases.Of(count); seed++)
            yield return seed % 2 == 0
                ? SharingInstances.Any(seed, 4 + (seed % 3), 3 + (seed % 4), 5, seed % 4 == 0, seed % 3 > 0)
                : SharingInstances.Network(seed, 2 + (seed % 3), 4);
    }

    private static IEnumerable<(List<PlacementItem> Items, List<PlacementShare> Shares)> Chains(int count)
    {
        for (int seed = 0; seed < Cases.Of(count); seed++)
        {
            var random = new Pcg32((ulong)seed);
            List<PlacementItem> items = Enumerable.Range(0, 6).Select(i => new PlacementItem(i, 1 + random.Below(5), i, i + 1)).ToList();
            List<PlacementShare> shares = Enumerable.Range(1, 5).Where(_ => random.Below(4) > 0)
                .Select(i => random.OneIn(2)
                    ? new PlacementShare(i - 1, i, random.Below((int)items[i].Bytes), random.OneIn(3))
                    : new PlacementShare(i, i - 1, random.Below((int)items[i - 1].Bytes), random.OneIn(3)))
                .ToList();
            yield return (items, shares);
        }
    }
}
