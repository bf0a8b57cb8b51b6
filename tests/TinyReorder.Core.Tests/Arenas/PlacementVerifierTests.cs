using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

public class PlacementVerifierTests
{
    /// <summary>Offsets at random, right and wrong, against the check of all pairs.</summary>
    [Fact]
    public void It_accepts_what_the_check_of_all_pairs_accepts_and_nothing_else()
    {
        int accepted = 0, rejected = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            var items = PlacementInstances.Small(seed, count: 6, steps: 8, mostBytes: 6, withFixed: seed % 3 == 0).ToList();
            Random random = new(seed);
            long[] offsets = items.Select(item => item.FixedOffset is { } at && random.Next(8) > 0 ? at : random.Next(24)).ToArray();
            long height = items.Select((item, i) => offsets[i] + item.Bytes).Max();
            bool isRight = PlacementChecker.Fault(items, 1, new Placement(offsets, height, 0, height == 0, 0)) is null;
            Diagnostic? fault = Record.Exception(() => PlacementVerifier.Verify(items, offsets, 1, height)) is TinyReorderException e ? e.Diagnostic : null;
            Assert.Equal(isRight, fault is null);
            Assert.Equal(isRight ? null : DiagnosticCodes.PlanRejected, fault?.Code);
            _ = isRight ? accepted++ : rejected++;
        }
        Assert.InRange(accepted, 100, 3900);
        Assert.InRange(rejected, 100, 3900);
    }

    [Fact]
    public void With_shares_too_it_accepts_what_the_check_of_all_pairs_accepts()
    {
        int shared = 0, rejected = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            (List<PlacementItem> items, List<PlacementShare> shares) = SharingInstances.Any(seed, 3, 4, 6, false, true);
            Random random = new(seed);
            long[] offsets = items.Select(_ => (long)random.Next(8)).ToArray();
            long height = items.Select((item, i) => offsets[i] + item.Bytes).Max();
            Placement placement = new(offsets, height, 0, height == 0, 0);
            bool isRight = PlacementChecker.Fault(items, 1, placement, shares) is null;
            Exception? fault = Record.Exception(() => PlacementVerifier.Verify(items, shares, offsets, 1, height));
            Assert.Equal(isRight ? null : DiagnosticCodes.PlanRejected, (fault as TinyReorderException)?.Diagnostic.Code);
            shared += isRight && PlacementChecker.Fault(items, 1, placement) is not null ? 1 : 0;
            rejected += isRight ? 0 : 1;
        }
        Assert.True(shared > 100 && rejected > 100, $"{shared} share, {rejected} are rejected");
    }

    [Theory]
    [InlineData(0, 8, 1, 11)]
    [InlineData(-1, 8, 1, 12)]
    [InlineData(0, 8, 16, 32)]
    [InlineData(0, 7, 1, 32)]
    public void Capacity_alignment_and_fixed_places_are_kept(long first, long second, long alignment, long capacity)
    {
        PlacementItem[] items = [new(0, 4, 0, 1), new(1, 4, 0, 1) { FixedOffset = 8 }];
        PlacementVerifier.Verify(items, [0, 8], 1, 12);
        Assert.Throws<TinyReorderException>(() => PlacementVerifier.Verify(items, [first, second], alignment, capacity));
        Assert.Equal(DiagnosticCodes.PlanRejected,
            Assert.Throws<TinyReorderException>(() => PlacementVerifier.Verify(items, [0, 8, 16], 1, 100)).Diagnostic.Code);
    }
}
