using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

public class PlacementTests
{
    [Fact]
    public void No_items_take_no_bytes()
    {
        Placement placement = ArenaPlacer.Place([]);
        Assert.Equal(new Placement(placement.OffsetBytes, 0, 0, true, 0), placement);
        Assert.NotNull(ArenaPlacer.PlaceWithin([], 0, out PlacementOutcome outcome));
        Assert.Equal(PlacementOutcome.Placed, outcome);
    }

    [Fact]
    public void Sizes_are_rounded_up_to_the_alignment()
    {
        Placement placement = ArenaPlacer.Place([new(0, 1, 0, 3), new(1, 17, 3, 3)], 16);
        Assert.Equal(48, placement.HeightBytes);
        Assert.True(placement.Proven);
    }

    [Fact]
    public void Lifetimes_are_inclusive_at_both_ends()
    {
        Assert.Equal(32, ArenaPlacer.Place([new(0, 16, 0, 1), new(1, 16, 1, 2)]).HeightBytes);
        Assert.Equal(16, ArenaPlacer.Place([new(0, 16, 0, 1), new(1, 16, 2, 3)]).HeightBytes);
    }

    [Fact]
    public void Fixed_offsets_are_kept()
    {
        List<PlacementItem> items = [new(0, 16, 0, 9), new(1, 32, 0, 4) { FixedOffset = 16 }, new(2, 32, 5, 9) { FixedOffset = 64 }];
        Placement placement = ArenaPlacer.Place(items);
        Assert.Null(PlacementChecker.Fault(items, 16, placement));
        Assert.Equal(96, placement.HeightBytes);
        Assert.True(placement.Proven);
    }

    [Theory]
    [InlineData(60, 30, 100, 0)]
    [InlineData(70, 40, 128, 0)]
    [InlineData(60, 30, 100, 7)]
    [InlineData(120, 60, 256, 9)]
    public void Perfect_packings_are_found(int count, int steps, int capacity, int leaveOut)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            List<PlacementItem> items = PlacementInstances.Cut(seed, count, steps, capacity, leaveOut);
            Placement? placement = ArenaPlacer.PlaceWithin(items, capacity, out PlacementOutcome outcome, 1);
            Assert.True(outcome == PlacementOutcome.Placed, $"seed {seed}: {outcome}");
            Assert.Null(PlacementChecker.Fault(items, 1, placement!));
            Assert.True(placement!.HeightBytes <= capacity);
        }
    }

    [Fact]
    public void An_abandoned_search_leaves_nothing_behind()
    {
        List<PlacementItem> items = [];
        foreach (PlacementItem item in PlacementInstances.Cut(0, 90, 40, 128))
            items.Add(item);
        foreach (PlacementItem item in PlacementInstances.Cut(1, 30, 40, 128))
            items.Add(item with { Id = items.Count, First = item.First + 40, Last = item.Last + 40 });
        PlacementProblem problem = PlacementProblem.From(items, 1);
        PlacementSearch search = new(problem, new(), new(PlacementLimits.Default));
        int[] order = PlacementRanking.Order(problem, PlacementQuantity.Lifetime, PlacementQuantity.Area);
        int[] hard = order.Where(i => problem.Component[i] == 0).ToArray(), easy = order.Where(i => problem.Component[i] == 1).ToArray();
        for (int budget = 1; budget < 300; budget++)
        {
            Assert.Equal(PlacementOutcome.LimitReached, search.Solve(hard, 0, true, 128, budget));
            // Under another ranking's number, so that nothing is remembered of the time before.
            Assert.Equal(PlacementOutcome.Placed, search.Solve(easy, budget, true, 128, 100_000));
        }
    }

    [Fact]
    public void The_result_is_the_same_every_time()
    {
        List<PlacementItem> items = PlacementInstances.Cut(5, 80, 40, 120);
        PlacementLimits limits = new() { Nodes = 3_000, Time = TimeSpan.FromMinutes(5) };
        Placement first = ArenaPlacer.Place(items, 1, limits);
        Placement second = ArenaPlacer.Place(items, 1, limits);
        Assert.Equal(first.OffsetBytes, second.OffsetBytes);
        Assert.Equal(first, second with { OffsetBytes = first.OffsetBytes });
        Assert.True(first.Nodes > 0);
    }

    [Fact]
    public void Without_nodes_the_best_greedy_placement_is_returned()
    {
        List<PlacementItem> items = PlacementInstances.Cut(1, 80, 40, 120);
        Placement placement = ArenaPlacer.Place(items, 1, new() { Nodes = 0 });
        Assert.Null(PlacementChecker.Fault(items, 1, placement));
        Assert.Equal((false, 120L, 0L), (placement.Proven, placement.LowerBoundBytes, placement.Nodes));
        Assert.Null(ArenaPlacer.PlaceWithin(items, 120, out PlacementOutcome outcome, 1, new() { Nodes = 0 }));
        Assert.Equal(PlacementOutcome.LimitReached, outcome);
    }

    [Fact]
    public void A_cancelled_placement_ends_with_the_exception_for_it()
    {
        PlacementLimits limits = new() { Cancellation = new(true) };
        Assert.Throws<OperationCanceledException>(() => ArenaPlacer.Place(PlacementInstances.Cut(1, 80, 40, 120), 1, limits));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Many_buffers_that_live_long_are_placed() => Many_buffers_are_placed(12_000, 40_000, 20_000);

    [Theory]
    [InlineData(8_000, 3_000, 40)]
    [InlineData(8_000, 50, 50)]
    public void Many_buffers_are_placed(int count, int steps, int longest)
    {
        Random random = new(1);
        List<PlacementItem> items = Enumerable.Range(0, count).Select(i =>
        {
            int first = random.Next(steps);
            return new PlacementItem(i, 1 + random.Next(5_000), first, Math.Min(steps - 1, first + random.Next(longest)));
        }).ToList();
        Placement placement = ArenaPlacer.Place(items, 16, new() { Nodes = 20_000 });
        Assert.Null(PlacementChecker.Fault(items, 16, placement));
        Assert.Equal(PlacementChecker.LiveBytes(items, 16), placement.LowerBoundBytes);
    }

    [Theory]
    [InlineData(0, 0, 0, null)]
    [InlineData(-1, 0, 0, null)]
    [InlineData(8, 1, 0, null)]
    [InlineData(8, 0, 0, -16L)]
    [InlineData(8, 0, 0, 8L)]
    public void Items_that_cannot_be_are_refused(long bytes, int first, int last, long? at)
    {
        TinyReorderException thrown = Assert.Throws<TinyReorderException>(
            () => ArenaPlacer.Place([new(7, bytes, first, last) { FixedOffset = at }], 16));
        Assert.Equal(DiagnosticCodes.BadOption, thrown.Diagnostic.Code);
        Assert.Contains("Buffer 7", thrown.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-16)]
    public void An_alignment_that_is_none_is_refused(long alignment) =>
        Assert.Equal(DiagnosticCodes.BadOption, Assert.Throws<TinyReorderException>(() => ArenaPlacer.Place([new(0, 8, 0, 0)], alignment)).Diagnostic.Code);

    [Fact]
    public void Fixed_items_that_overlap_are_refused()
    {
        TinyReorderException thrown = Assert.Throws<TinyReorderException>(
            () => ArenaPlacer.Place([new(0, 32, 0, 1) { FixedOffset = 0 }, new(1, 16, 1, 2) { FixedOffset = 16 }], 16));
        Assert.Equal(DiagnosticCodes.BadOption, thrown.Diagnostic.Code);
    }

    /// <summary>What never lives together shares no bound: the higher of both counts, and what is fixed counts up to its end.</summary>
    [Theory]
    [InlineData(64, 16, null, 64)]
    [InlineData(16, 64, null, 64)]
    [InlineData(64, 16, 160L, 176)]
    [InlineData(64, 48, 16L, 64)]
    public void The_bound_is_that_of_the_highest_part(long first, long second, long? at, long bound)
    {
        Placement placement = ArenaPlacer.Place([new(0, first, 0, 1), new(1, second, 2, 3) { FixedOffset = at }], 16, new() { Nodes = 0 });
        Assert.Equal((true, bound, bound), (placement.Proven, placement.LowerBoundBytes, placement.HeightBytes));
    }

    [Fact]
    public void Places_that_cannot_be_addressed_are_refused()
    {
        PlacementItem Behind(long at) => new(0, 16, 0, 0) { FixedOffset = at };
        Assert.Equal((1L << 60) + 16, ArenaPlacer.Place([Behind(1L << 60)]).HeightBytes);
        Assert.Equal(DiagnosticCodes.SizeOverflow, Assert.Throws<TinyReorderException>(() => ArenaPlacer.Place([Behind(1L << 61)])).Diagnostic.Code);
    }

    [Fact]
    public void Sizes_that_cannot_be_addressed_are_refused()
    {
        foreach (long bytes in new[] { long.MaxValue, long.MaxValue / 8 })
        {
            List<PlacementItem> items = Enumerable.Range(0, 4).Select(i => new PlacementItem(i, bytes, 0, 0)).ToList();
            Assert.Equal(DiagnosticCodes.SizeOverflow, Assert.Throws<TinyReorderException>(() => ArenaPlacer.Place(items)).Diagnostic.Code);
        }
    }
}
