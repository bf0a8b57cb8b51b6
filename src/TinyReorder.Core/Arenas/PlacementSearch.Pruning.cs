namespace TinyReorder.Arenas;

/// <content>The rules that see early that a node fails, and the one that takes it apart.</content>
internal sealed partial class PlacementSearch
{
    /// <summary>Brings the floors of changed sections up to date and checks every section of the part against the capacity.</summary>
    private bool SectionsFit(int low, int high, long offset)
    {
        if (!ChangedSectionsFit())
            return false;
        if (!techniques.SectionBound || !techniques.MonotoneFloor)
            return true;
        long most = capacity - offset;
        for (int s = low; s <= high; s++)
        {
            if (total[s] > most)
                return false;
        }
        return true;
    }

    private bool ChangedSectionsFit()
    {
        bool fits = true;
        int reasons = 0;
        for (int s = dirtyLow; s <= dirtyHigh && fits; s++)
        {
            reasons += dirty[s];
            if (reasons == 0 || open[s] == 0 || IsCoveredByNext(s))
                continue;
            if (techniques.FloorOfOpen)
                fits = RaiseFloor(s);
            if (techniques.SectionBound && floor[s] + total[s] > capacity)
                fits = false;
        }
        ClearDirty();
        return fits;
    }

    /// <summary>Whether all that is open in a section is open in a neighbouring one too, which then says all that this one could.</summary>
    private bool IsCoveredByNext(int section)
    {
        int open = this.open[section];
        if (cuts[section] == open)
            return true;
        return section > 0 && cuts[section - 1] == open && this.open[section - 1] > open;
    }

    /// <summary>Raises the floor to the lowest bound open in the section; with LevelBound, checks each level of bounds as well.</summary>
    private bool RaiseFloor(int section)
    {
        int start = problem.SectionStart[section];
        int end = start + open[section];
        long lowest = Never, highest = 0;
        for (int i = start; i < end; i++)
        {
            long bound = this.bound[sectionItems[i]];
            lowest = Math.Min(lowest, bound);
            highest = Math.Max(highest, bound);
        }
        effort += end - start;
        SetFloor(section, lowest);
        // A level at most this slack above the floor fits whatever lies between.
        if (!techniques.LevelBound || highest - lowest <= capacity - lowest - total[section])
            return true;
        for (int i = start; i < end; i++)
        {
            levelKeys[i - start] = this.bound[sectionItems[i]];
            levelSizes[i - start] = problem.Size[sectionItems[i]];
        }
        effort += 4 * (end - start);
        // From the highest level down: what starts at or above a level has to fit between it and the capacity.
        SortLevels(end - start);
        long above = sharing is null ? 0 : -saving[section];
        for (int i = end - start - 1; i >= 0; i--)
        {
            above += levelSizes[i];
            if (levelKeys[i] + above > capacity)
                return false;
        }
        return true;
    }

    private void SortLevels(int count)
    {
        if (count > 64)
        {
            Array.Sort(levelKeys, levelSizes, 0, count);
            return;
        }
        for (int i = 1; i < count; i++)
        {
            long key = levelKeys[i], size = levelSizes[i];
            int j = i;
            for (; j > 0 && levelKeys[j - 1] > key; j--)
            {
                levelKeys[j] = levelKeys[j - 1];
                levelSizes[j] = levelSizes[j - 1];
            }
            levelKeys[j] = key;
            levelSizes[j] = size;
        }
    }

    /// <summary>
    /// Raises the bounds of items that were passed over. Such an item could be dropped to where it falls, for a smaller sum of
    /// offsets, unless an open item beside it starts below its top there; so one of those comes first and lifts it.
    /// </summary>
    private bool Lift(Part part, PlacementStart from)
    {
        for (int i = part.ListStart; i < part.ListEnd; i++)
        {
            int item = pool[i];
            if (offset[item] >= 0 || IsOpenFrom(item, raw[item], from))
                continue;
            if (sharing is not null && MayBeHeld(item))
                continue;
            if (problem.Fixed[item] >= 0)
                return false;
            long top = raw[item] + problem.Size[item];
            long lifted = Never;
            int end = problem.NeighbourStart[item + 1];
            effort += end - problem.NeighbourStart[item];
            for (int n = problem.NeighbourStart[item]; n < end; n++)
            {
                int other = problem.Neighbours[n];
                if (offset[other] >= 0)
                    continue;
                long start = Math.Max(bound[other], from.Offset);
                if (start < top)
                    lifted = Math.Min(lifted, start + (sharing?.Below[n]?.Least ?? problem.Size[other]));
            }
            if (lifted + problem.Size[item] > capacity)
                return false;
            if (lifted > bound[item])
                SetBound(item, lifted);
        }
        return ChangedSectionsFit();
    }

    /// <summary>
    /// Lists the parts that are left of a frame once <paramref name="placed"/> is: those between sections that no open item
    /// crosses. Fewer open units come first, so that a failure is seen soon.
    /// </summary>
    private void SplitAround(ref Frame frame, int placed)
    {
        frame.NextPart = 0;
        frame.PartCount = 0;
        if (!techniques.Decomposition)
        {
            AddPart(ref frame, frame.ListStart, frame.ListEnd, frame.SectionLow, frame.SectionHigh);
            return;
        }
        int start = frame.SectionLow;
        int from = problem.SectionLow[placed], to = problem.SectionHigh[placed];
        int ranges = Reserve(2 * (to - from + 2));
        int count = 0;
        for (int s = from - 1; s <= to; s++)
        {
            // Elsewhere the cuts are as they were when this part was made: none is zero.
            if (s < frame.SectionLow || (s < frame.SectionHigh && cuts[s] > 0))
                continue;
            int end = Math.Min(s, frame.SectionHigh);
            if (HasOpen(start, end))
            {
                pool[ranges + 2 * count] = start;
                pool[ranges + 2 * count++ + 1] = end;
            }
            start = end + 1;
        }
        if (start <= frame.SectionHigh && HasOpen(start, frame.SectionHigh))
        {
            pool[ranges + 2 * count] = start;
            pool[ranges + 2 * count++ + 1] = frame.SectionHigh;
        }
        if (count == 1)
        {
            AddPart(ref frame, frame.ListStart, frame.ListEnd, pool[ranges], pool[ranges + 1]);
            return;
        }
        int parts = Reserve(4 * count);
        for (int part = 0; part < count; part++)
        {
            int low = pool[ranges + 2 * part], high = pool[ranges + 2 * part + 1];
            int first = Reserve(frame.ListEnd - frame.ListStart);
            int last = first;
            for (int i = frame.ListStart; i < frame.ListEnd; i++)
            {
                int item = pool[i];
                if (offset[item] < 0 && problem.SectionLow[item] >= low && problem.SectionLow[item] <= high)
                    pool[last++] = item;
            }
            poolTop = last;
            if (byFullest)
                RankByFullest(first, last);
            int at = part;
            for (; at > 0 && pool[parts + 4 * at - 3] - pool[parts + 4 * at - 4] > last - first; at--)
                Array.Copy(pool, parts + 4 * at - 4, pool, parts + 4 * at, 4);
            SetPart(parts + 4 * at, first, last, low, high);
        }
        frame.PartStart = parts;
        frame.PartCount = count;
        if (byFullest)
            frame.Placed = new(frame.Placed.Offset, -1, 0);
    }

    /// <summary>Ranks a part anew, items in its now fullest sections first.</summary>
    private void RankByFullest(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int item = pool[i];
            long fullest = 0;
            for (int s = problem.SectionLow[item]; s <= problem.SectionHigh[item]; s++)
                fullest = Math.Max(fullest, total[s]);
            this.fullest[item] = fullest;
            effort += problem.SectionHigh[item] - problem.SectionLow[item] + 1;
        }
        SortByFullest(start, end);
        for (int i = start; i < end; i++)
        {
            if (rank[pool[i]] == i - start)
                continue;
            Log(RankChange, pool[i], rank[pool[i]]);
            rank[pool[i]] = i - start;
        }
        effort += 2 * (end - start);
    }

    /// <summary>By insertion, because a part mostly still stands in order; where it does not, the usual way.</summary>
    private void SortByFullest(int start, int end)
    {
        int moves = 0, most = 16 * (end - start);
        for (int i = start + 1; i < end && moves <= most; i++)
        {
            int item = pool[i];
            int j = i;
            for (; j > start && fullestFirst.Compare(item, pool[j - 1]) < 0; j--)
                pool[j] = pool[j - 1];
            pool[j] = item;
            moves += i - j;
        }
        if (moves > most)
            Array.Sort(pool, start, end - start, fullestFirst);
        effort += moves;
    }

    private bool HasOpen(int low, int high)
    {
        for (int s = low; s <= high; s++)
        {
            if (open[s] > 0)
                return true;
        }
        return false;
    }

    private void AddPart(ref Frame frame, int listStart, int listEnd, int low, int high)
    {
        frame.PartStart = Reserve(4);
        frame.PartCount = 1;
        SetPart(frame.PartStart, listStart, listEnd, low, high);
    }

    private void SetPart(int at, int listStart, int listEnd, int low, int high)
    {
        pool[at] = listStart;
        pool[at + 1] = listEnd;
        pool[at + 2] = low;
        pool[at + 3] = high;
    }
}
