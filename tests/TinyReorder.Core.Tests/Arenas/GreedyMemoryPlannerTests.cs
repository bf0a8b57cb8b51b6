using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

public class GreedyMemoryPlannerTests
{
    [Fact]
    public void Nothing_has_no_height()
    {
        Assert.Empty(GreedyMemoryPlanner.Place([]));
        Assert.Equal(0, GreedyMemoryPlanner.Height([], []));
    }

    [Fact]
    public void Larger_buffers_are_placed_first()
    {
        Assert.Equal([96, 0, 64], Place(new(16, 0, 2), new(64, 0, 1), new(32, 1, 2)));
    }

    [Fact]
    public void Among_equals_the_later_one_is_placed_first()
    {
        Assert.Equal([32, 16, 0], Place(new(16, 0, 9), new(16, 0, 9), new(16, 0, 9)));
    }

    [Fact]
    public void A_buffer_fills_the_lowest_gap_that_is_large_enough()
    {
        // 48 and 32 leave a gap of 32 behind the 48 at moment 2, once the 64 between them is gone.
        long[] offsets = Place(new(64, 0, 1, 48), new(48, 0, 3, 0), new(32, 0, 3, 112), new(64, 2, 3), new(16, 2, 3));

        Assert.Equal([48, 0, 112, 48, 144], offsets);
    }

    [Fact]
    public void Lives_that_touch_overlap()
    {
        Assert.Equal([0, 32], Place(new(32, 0, 1), new(16, 1, 2)));
        Assert.Equal([0, 0], Place(new(32, 0, 1), new(16, 2, 2)));
    }

    [Fact]
    public void Offline_offsets_are_taken_as_they_are_even_where_they_overlap()
    {
        Assert.Equal([0, 16, -32, 48], Place(new(32, 0, 9, 0), new(32, 0, 9, 16), new(16, 0, 9, -32), new(16, 0, 9)));
    }

    [Fact]
    public void With_an_offline_plan_the_first_online_buffer_is_fitted_too()
    {
        Assert.Equal([16, 0, 48], Place(new(32, 0, 1, 16), new(16, 0, 1), new(64, 0, 1)));
    }

    [Fact]
    public void It_places_as_a_list_of_links_does()
    {
        var random = new Pcg32(7);
        for (int round = 0; round < 2_000; round++)
        {
            GreedyBuffer[] buffers = Random(random, offline: round % 2 == 0);

            long[] offsets = GreedyMemoryPlanner.Place(buffers);

            Assert.Equal(LinkedPlanner.Place(buffers), offsets);
        }
    }

    [Theory]
    [InlineData(300, 5)]
    [InlineData(700, 2_000)]
    [InlineData(700, 40)]
    public void It_places_many_as_a_list_of_links_does(int most, int moments)
    {
        var random = new Pcg32(13);
        for (int round = 0; round < 24; round++)
        {
            var buffers = new GreedyBuffer[random.Between(most / 2, most)];
            int sizes = random.OneIn(2) ? 4 : 400, longest = random.OneIn(3) ? moments : 12;
            for (int i = 0; i < buffers.Length; i++)
            {
                int first = random.OneIn(3) ? i * moments / buffers.Length : random.Below(moments);
                buffers[i] = new GreedyBuffer(16 * random.Below(sizes), first, first + random.Below(longest),
                    round % 4 == 0 && random.OneIn(9) ? 16 * random.Below(3 * sizes) : null);
            }

            Assert.Equal(LinkedPlanner.Place(buffers), GreedyMemoryPlanner.Place(buffers));
        }
    }

    [Fact]
    public void As_many_buffers_as_it_takes_are_placed()
    {
        GreedyBuffer[] chain = Enumerable.Range(0, GreedyMemoryPlanner.MaxBuffers).Select(i => new GreedyBuffer(16, i, i + 1)).ToArray();
        GreedyBuffer[] together = Enumerable.Range(0, GreedyMemoryPlanner.MaxBuffers).Select(i => new GreedyBuffer(16 * (i % 40), 0, 1)).ToArray();

        Assert.Equal(32, GreedyMemoryPlanner.Height(chain, GreedyMemoryPlanner.Place(chain)));
        Assert.Equal(together.Sum(buffer => buffer.Bytes), GreedyMemoryPlanner.Height(together, GreedyMemoryPlanner.Place(together)));
    }

    [Fact]
    public void Endless_disorder_is_refused()
    {
        var random = new Pcg32(3);
        GreedyBuffer[] buffers = Enumerable.Range(0, GreedyMemoryPlanner.MaxBuffers).Select(_ => random.Below(100_000))
            .Select(first => new GreedyBuffer(16 * random.Between(1, 5_000), first, first)).ToArray();

        Assert.Equal(DiagnosticCodes.SizeOverflow, Assert.Throws<TinyReorderException>(() => GreedyMemoryPlanner.Place(buffers)).Diagnostic.Code);
    }

    [Fact]
    public void What_it_chooses_never_overlaps()
    {
        var random = new Pcg32(11);
        for (int round = 0; round < 500; round++)
        {
            GreedyBuffer[] buffers = Random(random, offline: false);

            long[] offsets = GreedyMemoryPlanner.Place(buffers);

            for (int i = 0; i < buffers.Length; i++)
            {
                Assert.True(offsets[i] >= 0);
                for (int j = 0; j < i; j++)
                {
                    bool apartInTime = buffers[i].Last < buffers[j].First || buffers[j].Last < buffers[i].First;
                    bool apartInSpace = offsets[i] + buffers[i].Bytes <= offsets[j] || offsets[j] + buffers[j].Bytes <= offsets[i];
                    Assert.True(apartInTime || apartInSpace);
                }
            }
        }
    }

    [Fact]
    public void More_buffers_than_it_takes_are_refused()
    {
        var buffers = new GreedyBuffer[GreedyMemoryPlanner.MaxBuffers + 1];

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => GreedyMemoryPlanner.Place(buffers)).Diagnostic;

        Assert.Equal(DiagnosticCodes.SizeOverflow, diagnostic.Code);
    }

    [Fact]
    public void The_height_is_the_end_of_the_highest_buffer()
    {
        GreedyBuffer[] buffers = [new(32, 0, 1, 16), new(8, 0, 1, 24), new(4, 0, 1, -100)];
        Assert.Equal(48, GreedyMemoryPlanner.Height(buffers, [16, 24, -100]));
        Assert.Equal(0, GreedyMemoryPlanner.Height(buffers[2..], [-100]));
    }

    private static long[] Place(params GreedyBuffer[] buffers) => GreedyMemoryPlanner.Place(buffers);

    private static GreedyBuffer[] Random(Pcg32 random, bool offline)
    {
        var buffers = new GreedyBuffer[random.Between(1, 24)];
        for (int i = 0; i < buffers.Length; i++)
        {
            int first = random.Between(-1, 12);
            long? offset = offline && random.OneIn(3) ? 16 * random.Below(12) : null;
            buffers[i] = new GreedyBuffer(16 * random.Below(6), first, first < 0 ? random.Between(-1, 4) : first + random.Below(5), offset);
        }
        return buffers;
    }
}
