namespace TinyReorder.Arenas;

/// <content>
/// Items that may lie on common bytes. An item falls to where all that is placed lets it go by weights (its raw offset); below that an
/// exact distance to a placed item may hold it; and where it is tied to an item above it that can't go lower, it floats.
/// </content>
internal sealed partial class PlacementSearch
{
    /// <summary>What the open items of each section save at most; already taken from <see cref="_total"/>.</summary>
    private long[] _saving = [];

    /// <summary>Parallel to the pool: the offsets of candidates.</summary>
    private long[] _poolOffset = [];

    private void StartSharing(int component)
    {
        if (_sharing is null)
            return;
        if (_saving.Length == 0)
            _saving = new long[_problem.SectionCount];
        for (int s = _problem.ComponentSections[component]; s < _problem.ComponentSections[component + 1]; s++)
            _saving[s] = _problem.SectionTotal[s] - _problem.SectionNet[s];
    }

    /// <summary>What <see cref="Place"/> does with the neighbours of an item that is in some share.</summary>
    private bool PlaceShared(int item, long at, ref bool fits)
    {
        bool covered = false;
        for (int i = _problem.NeighbourStart[item]; i < _problem.NeighbourStart[item + 1]; i++)
        {
            int other = _problem.Neighbours[i];
            if (_offset[other] >= 0)
                continue;
            covered = true;
            PlacementRelation? relation = _sharing!.Above[i];
            long raw = at + (relation?.Weight ?? _problem.Size[item]);
            long least = at + (relation?.Least ?? _problem.Size[item]);
            if (_raw[other] < raw)
            {
                Log(RawChange, other, _raw[other]);
                _raw[other] = raw;
            }
            if (_bound[other] < least)
                SetBound(other, least);
            if (_bound[other] + _problem.Size[other] > _capacity || (_problem.Fixed[other] >= 0 && _problem.Fixed[other] < least))
                fits = false;
        }
        for (int s = _problem.SectionLow[item]; s <= _problem.SectionHigh[item]; s++)
        {
            if (!_sharing!.Savings.Any(s))
                continue;
            long saving = _sharing.Savings.Of(s, _offset);
            if (saving == _saving[s])
                continue;
            Log(SavingChange, s, _saving[s]);
            _total[s] += _saving[s] - saving;
            _saving[s] = saving;
        }
        return covered;
    }

    /// <summary>The least distance at which any neighbour may start above the item.</summary>
    private long LeastAbove(int item)
    {
        long least = _problem.Size[item];
        for (int i = _problem.NeighbourStart[item]; i < _problem.NeighbourStart[item + 1]; i++)
            least = Math.Min(least, _sharing!.Above[i]?.Least ?? least);
        return least;
    }

    /// <summary>Offsets below the raw one at which an exact distance to a placed item holds the item; some perhaps twice.</summary>
    private IEnumerable<long> PointsOf(int item)
    {
        for (int i = _problem.NeighbourStart[item]; i < _problem.NeighbourStart[item + 1]; i++)
        {
            int other = _problem.Neighbours[i];
            if (_offset[other] < 0 || _sharing!.Below[i] is not { } relation)
                continue;
            foreach (long point in relation.Points)
            {
                _effort++;
                if (_offset[other] + point < _raw[item] && _sharing.IsFree(item, _offset[other] + point, _offset))
                    yield return _offset[other] + point;
            }
        }
    }

    /// <summary>The lowest place of an item that is the last one open in its part.</summary>
    private long LowestPlace(int item)
    {
        long lowest = _raw[item];
        if (!_sharing!.HasPoints[item])
            return lowest;
        foreach (long point in PointsOf(item))
        {
            if (_problem.Fixed[item] < 0 || _problem.Fixed[item] == point)
                lowest = Math.Min(lowest, point);
        }
        return lowest;
    }

    private void AddSharedCandidates(int item, PlacementStart from, long lowestTop, ref int end)
    {
        if (IsCandidate(item, _raw[item], from, lowestTop))
            AddCandidate(item, _raw[item], ref end);
        if (!_sharing!.HasPoints[item])
            return;
        int first = end;
        foreach (long point in PointsOf(item))
        {
            if (!IsCandidate(item, point, from, lowestTop))
                continue;
            bool isKnown = false;
            for (int i = first; i < end; i++)
                isKnown |= _poolOffset[i] == point;
            if (!isKnown)
                AddCandidate(item, point, ref end);
        }
    }

    private void AddCandidate(int item, long at, ref int end)
    {
        _poolTop = end;
        Reserve(1);
        if (_poolOffset.Length < _pool.Length)
            Array.Resize(ref _poolOffset, _pool.Length);
        _pool[end] = item;
        _poolOffset[end++] = at;
    }

    private void SortSharedCandidates(int start, int end)
    {
        for (int i = start + 1; i < end; i++)
        {
            int item = _pool[i];
            long at = _poolOffset[i];
            int j = i;
            for (; j > start && (at < _poolOffset[j - 1] || (at == _poolOffset[j - 1] && _rank[item] < _rank[_pool[j - 1]])); j--)
            {
                _pool[j] = _pool[j - 1];
                _poolOffset[j] = _poolOffset[j - 1];
            }
            _pool[j] = item;
            _poolOffset[j] = at;
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
        if (_sharing?.AnyFloats != true)
            return false;
        for (; frame.FloatingAt < frame.ListEnd; frame.FloatingAt++, frame.FloatingOffset = -1)
        {
            item = _pool[frame.FloatingAt];
            if (_offset[item] >= 0 || !_sharing.MayFloat[item] || _problem.Fixed[item] >= 0)
                continue;
            if (frame.FloatingOffset < 0)
                frame.FloatingOffset = FirstFloating(item, _techniques.Canonical ? frame.From.Offset : 0);
            at = frame.FloatingOffset++;
            if (at + _problem.Size[item] <= _capacity && (!_techniques.Dominance || at < frame.LowestTop))
                return true;
        }
        return false;
    }

    /// <summary>The first offset above its raw one at which an item could be tied to an open one above it; <see cref="Never"/> if to none.</summary>
    private long FirstFloating(int item, long from)
    {
        long first = Never;
        for (int i = _problem.NeighbourStart[item]; i < _problem.NeighbourStart[item + 1]; i++)
        {
            int other = _problem.Neighbours[i];
            if (_offset[other] >= 0 || _sharing!.Above[i] is not { } relation)
                continue;
            foreach (long point in relation.Points)
                first = Math.Min(first, _bound[other] - point);
        }
        return Math.Max(first, Math.Max(Math.Max(_raw[item] + 1, _bound[item]), from));
    }

    /// <summary>Whether an exact distance to an open item may keep an item from falling.</summary>
    private bool MayBeHeld(int item)
    {
        if (!_sharing!.HasPoints[item])
            return false;
        for (int i = _problem.NeighbourStart[item]; i < _problem.NeighbourStart[item + 1]; i++)
        {
            if (_offset[_problem.Neighbours[i]] < 0 && (_sharing.Above[i]?.Points.Length > 0 || _sharing.Below[i]?.Points.Length > 0))
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
