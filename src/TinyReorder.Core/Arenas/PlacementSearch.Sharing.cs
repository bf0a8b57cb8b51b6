namespace TinyReorder.Arenas;

/// <content>
/// Items that may lie on common bytes. An item falls to where all that is placed lets it go by weights (its raw offset); below that an
/// exact distance to a placed item may hold it; and where it is tied to an item above it that can't go lower, it floats.
/// </content>
internal sealed partial class PlacementSearch
{
    /// <summary>What the open items of each section save at most; already taken from <see cref="total"/>.</summary>
    private long[] saving = [];

    /// <summary>Parallel to the pool: the offsets of candidates.</summary>
    private long[] poolOffset = [];

    private void StartSharing(int component)
    {
        if (sharing is null)
            return;
        if (saving.Length == 0)
            saving = new long[problem.SectionCount];
        for (int s = problem.ComponentSections[component]; s < problem.ComponentSections[component + 1]; s++)
            saving[s] = problem.SectionTotal[s] - problem.SectionNet[s];
    }

    /// <summary>What <see cref="Place"/> does with the neighbours of an item that is in some share.</summary>
    private bool PlaceShared(int item, long at, ref bool fits)
    {
        bool covered = false;
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
        {
            int other = problem.Neighbours[i];
            if (offset[other] >= 0)
                continue;
            covered = true;
            PlacementRelation? relation = sharing!.Above[i];
            long raw = at + (relation?.Weight ?? problem.Size[item]);
            long least = at + (relation?.Least ?? problem.Size[item]);
            if (this.raw[other] < raw)
            {
                Log(RawChange, other, this.raw[other]);
                this.raw[other] = raw;
            }
            if (bound[other] < least)
                SetBound(other, least);
            if (bound[other] + problem.Size[other] > capacity || (problem.Fixed[other] >= 0 && problem.Fixed[other] < least))
                fits = false;
        }
        for (int s = problem.SectionLow[item]; s <= problem.SectionHigh[item]; s++)
        {
            if (!sharing!.Savings.Any(s))
                continue;
            long saving = sharing.Savings.Of(s, offset);
            if (saving == this.saving[s])
                continue;
            Log(SavingChange, s, this.saving[s]);
            total[s] += this.saving[s] - saving;
            this.saving[s] = saving;
        }
        return covered;
    }

    /// <summary>The least distance at which any neighbour may start above the item.</summary>
    private long LeastAbove(int item)
    {
        long least = problem.Size[item];
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
            least = Math.Min(least, sharing!.Above[i]?.Least ?? least);
        return least;
    }

    /// <summary>Offsets below the raw one at which an exact distance to a placed item holds the item; some perhaps twice.</summary>
    private IEnumerable<long> PointsOf(int item)
    {
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
        {
            int other = problem.Neighbours[i];
            if (offset[other] < 0 || sharing!.Below[i] is not { } relation)
                continue;
            foreach (long point in relation.Points)
            {
                effort++;
                if (offset[other] + point < raw[item] && sharing.IsFree(item, offset[other] + point, offset))
                    yield return offset[other] + point;
            }
        }
    }

    /// <summary>The lowest place of an item that is the last one open in its part.</summary>
    private long LowestPlace(int item)
    {
        long lowest = raw[item];
        if (!sharing!.HasPoints[item])
            return lowest;
        foreach (long point in PointsOf(item))
        {
            if (problem.Fixed[item] < 0 || problem.Fixed[item] == point)
                lowest = Math.Min(lowest, point);
        }
        return lowest;
    }

    private void AddSharedCandidates(int item, PlacementStart from, long lowestTop, ref int end)
    {
        if (IsCandidate(item, raw[item], from, lowestTop))
            AddCandidate(item, raw[item], ref end);
        if (!sharing!.HasPoints[item])
            return;
        int first = end;
        foreach (long point in PointsOf(item))
        {
            if (!IsCandidate(item, point, from, lowestTop))
                continue;
            bool isKnown = false;
            for (int i = first; i < end; i++)
                isKnown |= poolOffset[i] == point;
            if (!isKnown)
                AddCandidate(item, point, ref end);
        }
    }

    private void AddCandidate(int item, long at, ref int end)
    {
        poolTop = end;
        Reserve(1);
        if (poolOffset.Length < pool.Length)
            Array.Resize(ref poolOffset, pool.Length);
        pool[end] = item;
        poolOffset[end++] = at;
    }

    private void SortSharedCandidates(int start, int end)
    {
        for (int i = start + 1; i < end; i++)
        {
            int item = pool[i];
            long at = poolOffset[i];
            int j = i;
            for (; j > start && (at < poolOffset[j - 1] || (at == poolOffset[j - 1] && rank[item] < rank[pool[j - 1]])); j--)
            {
                pool[j] = pool[j - 1];
                poolOffset[j] = poolOffset[j - 1];
            }
            pool[j] = item;
            poolOffset[j] = at;
        }
    }

    /// <summary>
    /// Places above where an item falls, for one that may be tied to an open item above it. Where that one will end is not known yet, so
    /// each offset is tried; last of all, because it is seldom needed.
    /// </summary>
    private bool NextFloating(ref Frame frame, out int item, out long at)
    {
        item = -1;
        at = -1;
        if (sharing?.AnyFloats != true)
            return false;
        for (; frame.FloatingAt < frame.ListEnd; frame.FloatingAt++, frame.FloatingOffset = -1)
        {
            item = pool[frame.FloatingAt];
            if (offset[item] >= 0 || !sharing.MayFloat[item] || problem.Fixed[item] >= 0)
                continue;
            if (frame.FloatingOffset < 0)
                frame.FloatingOffset = FirstFloating(item, techniques.Canonical ? frame.From.Offset : 0);
            at = frame.FloatingOffset++;
            if (at + problem.Size[item] <= capacity && (!techniques.Dominance || at < frame.LowestTop))
                return true;
        }
        return false;
    }

    /// <summary>The first offset above its raw one at which an item could be tied to an open one above it; <see cref="Never"/> if to none.</summary>
    private long FirstFloating(int item, long from)
    {
        long first = Never;
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
        {
            int other = problem.Neighbours[i];
            if (offset[other] >= 0 || sharing!.Above[i] is not { } relation)
                continue;
            foreach (long point in relation.Points)
                first = Math.Min(first, bound[other] - point);
        }
        return Math.Max(first, Math.Max(Math.Max(raw[item] + 1, bound[item]), from));
    }

    /// <summary>Whether an exact distance to an open item may keep an item from falling.</summary>
    private bool MayBeHeld(int item)
    {
        if (!sharing!.HasPoints[item])
            return false;
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
        {
            if (offset[problem.Neighbours[i]] < 0 && (sharing.Above[i]?.Points.Length > 0 || sharing.Below[i]?.Points.Length > 0))
                return true;
        }
        return false;
    }

    /// <summary>Adds the places at which exact distances could hold an open item to the state's key.</summary>
    private void AddPoints(int item, ref ulong key, ref ulong check)
    {
        foreach (long point in PointsOf(item))
        {
            ulong mixed = Mix(((ulong)point << 20) + (ulong)item * 0x9FB21C651E98DF25UL + 0xA0761D6478BD642FUL);
            key += mixed;
            check += mixed * mixed | 1;
        }
    }
}
