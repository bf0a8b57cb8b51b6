using TinyReorder.Tests.Shared;
using TinyReorder.Verification;

namespace TinyReorder.Tests.Arenas;

public class ArenaReplayTests
{
    [Theory]
    [InlineData(64, 16)]
    [InlineData(4_000, 12)]
    public void It_knows_what_an_arena_of_single_bytes_knows(int arenaBytes, int longest)
    {
        var random = new Pcg32((ulong)arenaBytes);
        var replay = new ArenaReplay();
        var written = new List<(object Owner, int Start, int Bytes)>();
        // Each byte knows which writing was the last one; a range is whole where all of its bytes know the same.
        int[] lastWriting = Enumerable.Repeat(-1, arenaBytes).ToArray();
        for (int writing = 0; writing < 6_000; writing++)
        {
            (object Owner, int Start, int Bytes) range = (new object(), random.Below(arenaBytes - longest), random.Between(0, longest));
            replay.Write(range.Owner, range.Start, range.Bytes);
            for (int at = range.Start; at < range.Start + range.Bytes; at++)
                lastWriting[at] = writing;
            written.Add(range);
            bool IsWhole(int which) => Enumerable.Range(written[which].Start, written[which].Bytes).All(at => lastWriting[at] == which);
            int[] there = lastWriting.Skip(range.Start).Take(2 * range.Bytes).Distinct().Where(which => which >= 0 && IsWhole(which)).ToArray();
            Assert.Equal(there.Select(which => written[which].Owner), replay.OwnersWithin(range.Start, 2 * range.Bytes));
            for (int look = 0; look < 8; look++)
            {
                int which = Math.Max(0, writing - random.Below(look < 4 ? 8 : 6_000));
                (object owner, int start, int bytes) = written[which];
                Assert.Equal(IsWhole(which), replay.Holds(owner, start, bytes));
                Assert.Equal(bytes == 0, replay.Holds(new object(), start, bytes));
            }
        }
    }
}
