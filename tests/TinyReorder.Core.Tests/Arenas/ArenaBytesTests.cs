using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

public class ArenaBytesTests
{
    /// <summary>An arena of 24 bytes that each know the write that they come from; whoever loses a byte has lost the whole.</summary>
    [Fact]
    public void It_holds_what_an_arena_of_single_bytes_holds()
    {
        int held = 0, lost = 0;
        for (ulong seed = 1; seed <= (ulong)Cases.Of(400); seed++)
        {
            var random = new Pcg32(seed);
            var arena = new ArenaReplay();
            var bytes = new (int Owner, int Write)?[24];
            var writes = new List<(int Owner, int Start, int Bytes)>();
            for (int write = 0; write < 30; write++)
            {
                int start = random.Below(20), count = random.Below(5), owner = random.Below(4);
                arena.Write(owner, start, count);
                writes.Add((owner, start, count));
                foreach ((int Owner, int Write)? over in bytes[start..(start + count)].Where(over => over is not null).ToArray())
                    bytes = bytes.Select(present => present == over ? null : present).ToArray();
                for (int at = start; at < start + count; at++)
                    bytes[at] = (owner, write);
                foreach ((int o, int s, int c) in writes)
                {
                    (int Owner, int Write)?[] range = bytes[s..(s + c)];
                    bool holds = c == 0 || (range[0] is { } first && first.Owner == o && range.All(one => one == range[0]) && bytes.Count(one => one == range[0]) == c);
                    Assert.Equal(holds, arena.Holds(o, s, c));
                    _ = holds ? held++ : lost++;
                }
            }
            arena.Clear();
            Assert.All(writes, write => Assert.Equal(write.Bytes == 0, arena.Holds(write.Owner, write.Start, write.Bytes)));
        }
        Assert.True(held > 0 && lost > 0);
    }

    [Fact]
    public void A_part_or_more_is_not_the_whole()
    {
        var arena = new ArenaReplay();
        arena.Write("a", 16, 16);
        Assert.True(arena.Holds("a", 16, 16));
        Assert.False(arena.Holds("a", 16, 15));
        Assert.False(arena.Holds("a", 16, 17));
        Assert.False(arena.Holds("a", 17, 15));
        Assert.False(arena.Holds("b", 16, 16));
        arena.Write("b", 32, 16);
        arena.Write("c", 0, 16);
        Assert.True(arena.Holds("a", 16, 16));
    }
}
