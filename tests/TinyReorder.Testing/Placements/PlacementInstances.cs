using TinyReorder.Arenas;

namespace TinyReorder.Tests.Shared;

/// <summary>Random instances of the placement problem, the same for the same seed.</summary>
internal static class PlacementInstances
{
    /// <summary>A few buffers of small sizes with random lifetimes, some of them fixed where <paramref name="withFixed"/> says so.</summary>
    public static List<PlacementItem> Small(int seed, int count, int steps, int mostBytes, bool withFixed = false)
    {
        Random random = new(seed);
        List<PlacementItem> items = [];
        for (int i = 0; i < count; i++)
        {
            int a = random.Next(steps), b = random.Next(steps);
            items.Add(new(i, 1 + random.Next(mostBytes), Math.Min(a, b), Math.Max(a, b)));
        }
        if (!withFixed)
            return items;
        for (int tries = 0; tries < 3; tries++)
        {
            int i = random.Next(count);
            PlacementItem at = items[i] with { FixedOffset = random.Next(2 * mostBytes) };
            if (items.All(other => other.Id == i || other.FixedOffset is null || !Overlap(at, other)))
                items[i] = at;
        }
        return items;
    }

    /// <summary>
    /// A rectangle of <paramref name="steps"/> by <paramref name="capacity"/> bytes cut at random into <paramref name="count"/> buffers,
    /// of which every <paramref name="leaveOut"/>-th is left out (0: none, so that the packing is perfect). Fits the capacity by
    /// construction, in an order that tells nothing.
    /// </summary>
    public static List<PlacementItem> Cut(int seed, int count, int steps, int capacity, int leaveOut = 0)
    {
        Random random = new(seed);
        List<(int First, int Steps, int Offset, int Bytes)> pieces = [(0, steps, 0, capacity)];
        while (pieces.Count < count)
        {
            // The larger of two random pieces, so that sizes stay mixed without slivers.
            int a = random.Next(pieces.Count), b = random.Next(pieces.Count);
            int chosen = Area(a) >= Area(b) ? a : b;
            (int first, int length, int offset, int bytes) = pieces[chosen];
            bool inTime = random.Next(2) == 0 ? length > 1 : bytes <= 1;
            if (inTime && length > 1)
            {
                int cut = 1 + random.Next(length - 1);
                pieces[chosen] = (first, cut, offset, bytes);
                pieces.Add((first + cut, length - cut, offset, bytes));
            }
            else if (bytes > 1)
            {
                int cut = 1 + random.Next(bytes - 1);
                pieces[chosen] = (first, length, offset, cut);
                pieces.Add((first, length, offset + cut, bytes - cut));
            }
        }
        return pieces
            .Where((_, i) => leaveOut == 0 || i % leaveOut != 0)
            .OrderBy(_ => random.Next())
            .Select((piece, i) => new PlacementItem(i, piece.Bytes, piece.First, piece.First + piece.Steps - 1))
            .ToList();

        long Area(int i) => (long)pieces[i].Steps * pieces[i].Bytes;
    }

    private static bool Overlap(PlacementItem a, PlacementItem b) =>
        a.First <= b.Last && b.First <= a.Last && a.FixedOffset < b.FixedOffset + b.Bytes && b.FixedOffset < a.FixedOffset + a.Bytes;
}
