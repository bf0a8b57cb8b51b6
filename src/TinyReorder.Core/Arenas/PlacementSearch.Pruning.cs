namespace TinyReorder.Arenas;

/// <content>The rules that see early that a node fails, and the one that takes it apart.</content>
internal sealed partial class PlacementSearch
{
    /// <summary>Brings the floors of changed sections up to date and checks every section of the part against the capacity.</summary>
    private bool SectionsFit(int low, int high, long offset)
    {
        if (!ChangedSectionsFit())
            return false;
        if (!_techniques.SectionBound || !_techniques.MonotoneFloor)
            return true;
        long most = _capacity - offset;
        for (int s = low; s <= high; s++)
        {
            if (_total[s] > most)
                return false;
        }
        return true;
    }

    private bool ChangedSectionsFit()
    {
        bool fits = true;
        int reasons = 0;
        for (int s = _dirtyLow; s <= _dirtyHigh && fits; s++)
        {
            reasons += _dirty[s];
            if (reasons == 0 || _open[s] == 0 || IsCoveredByNext(s))
                continue;
            if (_techniques.FloorOfOpen)
                fits = RaiseFloor(s);
            if (_techniques.SectionBound && _floor[s] + _total[s] > _capacity)
                fits = false;
        }
        ClearDirty();
        return fits;
    }

    /// <summary>Whether all that is open in a section is open in a neighbouring one too, which then says all that this one could.</summary>
    private bool IsCoveredByNext(int section)
    {
        int open = _open[section];
        if (_cuts[section] == open)
            return true;
        return section > 0 && _cuts[section - 1] == open && _open[section - 1] > open;
    }

    /// <summary>Raises the floor to the lowest bound open in the section; with LevelBound, checks each level of bounds as well.</summary>
    private bool RaiseFloor(int section)
    {
        int start = _problem.SectionStart[section];
        int end = start + _open[section];
        long lowest = Never, highest = 0;
        for (int i = start; i < end; i++)
        {
            long bound = _bound[_sectionItems[i]];
            lowest = Math.Min(lowest, bound);
            highest = Math.Max(highest, bound);
        }
        _effort += end - start;
        SetFloor(section, lowest);
        // A level at most this slack above the floor fits whatever lies between.
        if (!_techniques.LevelBound || highest - lowest <= _capacity - lowest - _total[section])
            return true;
        for (int i = start; i < end; i++)
        {
            _levelKeys[i - start] = _bound[_sectionItems[i]];
            _levelSizes[i - start] = _problem.Size[_sectionItems[i]];
        }
        _effort += 4 * (end - start);
        // From the highest level down: what starts at or above a level has to fit between it and the capacity.
        SortLevels(end - start);
        long above = _sharing is null ? 0 : -_saving[section];
        for (int i = end - start - 1; i >= 0; i--)
        {
            above += _levelSizes[i];
            if (_levelKeys[i] + above > _capacity)
                return false;
        }
        return true;
    }

    private void SortLevels(int count)
    {
        if (count > 64)
        {
            Array.Sort(_levelKeys, _levelSizes, 0, count);
            return;
        }
        for (int i = 1; i < count; i++)
        {
            long key = _levelKeys[i], size = _levelSizes[i];
            int j = i;
            for (; j > 0 && _levelKeys[j - 1] > key; j--)
            {
                _levelKeys[j] = _levelKeys[j - 1];
                _levelSizes[j] = _levelSizes[j - 1];
            }
            _levelKeys[j] = key;
            _levelSizes[j] = size;
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
            int item = _pool[i];
            if (_offset[item] >= 0 || IsOpenFrom(item, _raw[item], from))
                continue;
            if (_sharing is not null && MayBeHeld(item))
                continue;
            if (_problem.Fixed[item] >= 0)
                return false;
            long top = _raw[item] + _problem.Size[item];
            long lifted = Never;
            int end = _problem.NeighbourStart[item + 1];
            _effort += end - _problem.NeighbourStart[item];
            for (int n = _problem.NeighbourStart[item]; n < end; n++)
            {
                int other = _problem.Neighbours[n];
                if (_offset[other] >= 0)
                    continue;
                long start = Math.Max(_bound[other], from.Offset);
                if (start < top)
                    lifted = Math.Min(lifted, start + (_sharing?.Below[n]?.Least ?? _problem.Size[other]));
            }
            if (lifted + _problem.Size[item] > _capacity)
                return false;
            if (lifted > _bound[item])
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
        if (!_techniques.Decomposition)
        {
            AddPart(ref frame, frame.ListStart, frame.ListEnd, frame.SectionLow, frame.SectionHigh);
            return;
        }
        int start = frame.SectionLow;
        int from = _problem.SectionLow[placed], to = _problem.SectionHigh[placed];
        int ranges = Reserve(2 * (to - from + 2));
        int count = 0;
        for (int s = from - 1; s <= to; s++)
        {
            // Elsewhere the cuts are as they were when this part was made: none is zero.
            if (s < frame.SectionLow || (s < frame.SectionHigh && _cuts[s] > 0))
                continue;
            int end = Math.Min(s, frame.SectionHigh);
            if (HasOpen(start, end))
            {
                _pool[ranges + 2 * count] = start;
                _pool[ranges + 2 * count++ + 1] = end;
            }
            start = end + 1;
        }
        if (start <= frame.SectionHigh && HasOpen(start, frame.SectionHigh))
        {
            _pool[ranges + 2 * count] = start;
            _pool[ranges + 2 * count++ + 1] = frame.SectionHigh;
        }
        if (count == 1)
        {
            AddPart(ref frame, frame.ListStart, frame.ListEnd, _pool[ranges], _pool[ranges + 1]);
            return;
        }
        int parts = Reserve(4 * count);
        for (int part = 0; part < count; part++)
        {
            int low = _pool[ranges + 2 * part], high = _pool[ranges + 2 * part + 1];
            int first = Reserve(frame.ListEnd - frame.ListStart);
            int last = first;
            for (int i = frame.ListStart; i < frame.ListEnd; i++)
            {
                int item = _pool[i];
                if (_offset[item] < 0 && _problem.SectionLow[item] >= low && _problem.SectionLow[item] <= high)
                    _pool[last++] = item;
            }
            _poolTop = last;
            if (_byFullest)
                RankByFullest(first, last);
            int at = part;
            for (; at > 0 && _pool[parts + 4 * at - 3] - _pool[parts + 4 * at - 4] > last - first; at--)
                Array.Copy(_pool, parts + 4 * at - 4, _pool, parts + 4 * at, 4);
            SetPart(parts + 4 * at, first, last, low, high);
        }
        frame.PartStart = parts;
        frame.PartCount = count;
        if (_byFullest)
            frame.Placed = new(frame.Placed.Offset, -1, 0);
    }

    /// <summary>Ranks a part anew, items in its now fullest sections first.</summary>
    private void RankByFullest(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int item = _pool[i];
            long fullest = 0;
            for (int s = _problem.SectionLow[item]; s <= _problem.SectionHigh[item]; s++)
                fullest = Math.Max(fullest, _total[s]);
            _fullest[item] = fullest;
            _effort += _problem.SectionHigh[item] - _problem.SectionLow[item] + 1;
        }
        SortByFullest(start, end);
        for (int i = start; i < end; i++)
        {
            if (_rank[_pool[i]] == i - start)
                continue;
            Log(RankChange, _pool[i], _rank[_pool[i]]);
            _rank[_pool[i]] = i - start;
        }
        _effort += 2 * (end - start);
    }

    /// <summary>By insertion, because a part mostly still stands in order; where it does not, the usual way.</summary>
    private void SortByFullest(int start, int end)
    {
        int moves = 0, most = 16 * (end - start);
        for (int i = start + 1; i < end && moves <= most; i++)
        {
            int item = _pool[i];
            int j = i;
            for (; j > start && _fullestFirst.Compare(item, _pool[j - 1]) < 0; j--)
                _pool[j] = _pool[j - 1];
            _pool[j] = item;
            moves += i - j;
        }
        if (moves > most)
            Array.Sort(_pool, start, end - start, _fullestFirst);
        _effort += moves;
    }

    private bool HasOpen(int low, int high)
    {
        for (int s = low; s <= high; s++)
        {
            if (_open[s] > 0)
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
        _pool[at] = listStart;
        _pool[at + 1] = listEnd;
        _pool[at + 2] = low;
        _pool[at + 3] = high;
    }
}
