namespace TinyReorder.Arenas;

/// <content>What is placed where, what that leaves open, and how it is undone.</content>
internal sealed partial class PlacementSearch
{
    private const int RawChange = 0, BoundChange = 1, FloorChange = 2, PlacedChange = 3, RankChange = 4, SavingChange = 5;

    /// <summary>The offset each item would fall to: the top of what is placed below it.</summary>
    private readonly long[] _raw;

    /// <summary>No solution below the current node has the item lower; at least <see cref="_raw"/>.</summary>
    private readonly long[] _bound;

    /// <summary>Where the item is placed, -1 while it is open.</summary>
    private readonly long[] _offset;

    /// <summary>The item with the same size and sections that ranks just before, or -1.</summary>
    private readonly int[] _twin;

    /// <summary>Which of two items at the same offset goes first; ranks are those of the part that is being solved.</summary>
    private readonly int[] _rank;

    /// <summary>Which of two items with equally full sections ranks first.</summary>
    private readonly int[] _tieRank;
    private readonly long[] _fullest;

    /// <summary>Of each section: the lowest offset open in it, the units open, the items open, and those that go on into the next.</summary>
    private readonly long[] _floor;
    private readonly long[] _total;
    private readonly int[] _open;
    private readonly int[] _cuts;

    /// <summary>The open items of section s come first in its list; where each stands is kept by <see cref="Place"/>.</summary>
    private readonly int[] _sectionItems;
    private readonly int[] _standing;
    private readonly int[] _standingStart;

    /// <summary>Changes of the number of reasons to look at a section again, section by section.</summary>
    private readonly int[] _dirty;
    private int _dirtyLow = int.MaxValue;
    private int _dirtyHigh = -1;

    private int[] _trailKey = new int[1024];
    private long[] _trailValue = new long[1024];
    private int _trailTop;

    private readonly long[] _levelKeys;
    private readonly long[] _levelSizes;

    private bool Start(int[] items)
    {
        ClearDirty();
        int component = _problem.Component[items[0]];
        for (int s = _problem.ComponentSections[component]; s < _problem.ComponentSections[component + 1]; s++)
        {
            _floor[s] = 0;
            _total[s] = _problem.SectionNet[s];
            _open[s] = _problem.SectionStart[s + 1] - _problem.SectionStart[s];
            _cuts[s] = 0;
            if (_total[s] > _capacity)
                return false;
        }
        StartSharing(component);
        _effort += 16 * items.Length;
        Dictionary<(int, int, long), int> last = [];
        for (int rank = 0; rank < items.Length; rank++)
        {
            int item = items[rank];
            _rank[item] = _tieRank[item] = rank;
            _offset[item] = -1;
            _raw[item] = _bound[item] = Math.Max(0, _problem.Fixed[item]);
            if (_raw[item] + _problem.Size[item] > _capacity)
                return false;
            for (int s = _problem.SectionLow[item]; s < _problem.SectionHigh[item]; s++)
                _cuts[s]++;
            _twin[item] = -1;
            if (_problem.Fixed[item] >= 0 || _sharing?.Involves[item] == true)
                continue;
            (int, int, long) kind = (_problem.SectionLow[item], _problem.SectionHigh[item], _problem.Size[item]);
            if (last.TryGetValue(kind, out int twin))
                _twin[item] = twin;
            last[kind] = item;
        }
        return true;
    }

    /// <summary>
    /// Places an item. True when some open item shares time with it. <paramref name="fits"/> is false when an item
    /// that is raised by it exceeds the capacity or its fixed offset.
    /// </summary>
    private bool Place(int item, long at, out bool fits)
    {
        long top = at + _problem.Size[item];
        _offset[item] = at;
        Log(PlacedChange, item, 0);
        fits = _problem.Fixed[item] < 0 || _problem.Fixed[item] == at;
        int standing = _standingStart[item];
        for (int s = _problem.SectionLow[item]; s <= _problem.SectionHigh[item]; s++)
        {
            _total[s] -= _problem.Size[item];
            int last = _problem.SectionStart[s] + --_open[s];
            int stood = _standing[standing];
            int moved = _sectionItems[last];
            _sectionItems[stood] = moved;
            _sectionItems[last] = item;
            _standing[_standingStart[moved] + s - _problem.SectionLow[moved]] = stood;
            _standing[standing++] = last;
            if (!_techniques.FloorOfOpen)
                SetFloor(s, _sharing is null ? top : at + LeastAbove(item));
            if (s < _problem.SectionHigh[item])
                _cuts[s]--;
        }
        MarkDirty(item);
        bool covered = false;
        _effort += 2 * (_problem.SectionHigh[item] - _problem.SectionLow[item] + 1) + _problem.NeighbourStart[item + 1] - _problem.NeighbourStart[item];
        int[] neighbours = _problem.Neighbours;
        int end = _problem.NeighbourStart[item + 1];
        if (_sharing?.Involves[item] == true)
            return PlaceShared(item, at, ref fits);
        for (int i = _problem.NeighbourStart[item]; i < end; i++)
        {
            int other = neighbours[i];
            if (_offset[other] >= 0)
                continue;
            covered = true;
            if (_raw[other] >= top)
                continue;
            Log(RawChange, other, _raw[other]);
            _raw[other] = top;
            if (_bound[other] < top)
                SetBound(other, top);
            if (top + _problem.Size[other] > _capacity || (_problem.Fixed[other] >= 0 && _problem.Fixed[other] < top))
                fits = false;
        }
        return covered;
    }

    private void SetBound(int item, long bound)
    {
        Log(BoundChange, item, _bound[item]);
        _bound[item] = bound;
        MarkDirty(item);
    }

    private void SetFloor(int section, long floor)
    {
        if (_floor[section] >= floor)
            return;
        Log(FloorChange, section, _floor[section]);
        _floor[section] = floor;
    }

    private void MarkDirty(int item)
    {
        int low = _problem.SectionLow[item], high = _problem.SectionHigh[item];
        _dirty[low]++;
        _dirty[high + 1]--;
        _dirtyLow = Math.Min(_dirtyLow, low);
        _dirtyHigh = Math.Max(_dirtyHigh, high);
    }

    private void Log(int kind, int index, long value)
    {
        if (_trailTop == _trailKey.Length)
        {
            Array.Resize(ref _trailKey, 2 * _trailTop);
            Array.Resize(ref _trailValue, 2 * _trailTop);
        }
        _trailKey[_trailTop] = (index << 3) | kind;
        _trailValue[_trailTop++] = value;
    }

    private void Undo(int mark)
    {
        ClearDirty();
        while (_trailTop > mark)
        {
            int key = _trailKey[--_trailTop];
            int index = key >> 3;
            switch (key & 7)
            {
                case RawChange:
                    _raw[index] = _trailValue[_trailTop];
                    break;
                case BoundChange:
                    _bound[index] = _trailValue[_trailTop];
                    break;
                case FloorChange:
                    _floor[index] = _trailValue[_trailTop];
                    break;
                case SavingChange:
                    _total[index] += _saving[index] - _trailValue[_trailTop];
                    _saving[index] = _trailValue[_trailTop];
                    break;
                case RankChange:
                    _rank[index] = (int)_trailValue[_trailTop];
                    break;
                default:
                    Unplace(index);
                    break;
            }
        }
    }

    private void Unplace(int item)
    {
        _offset[item] = -1;
        for (int s = _problem.SectionLow[item]; s <= _problem.SectionHigh[item]; s++)
        {
            _total[s] += _problem.Size[item];
            _open[s]++;
            if (s < _problem.SectionHigh[item])
                _cuts[s]++;
        }
    }

    private void ClearDirty()
    {
        if (_dirtyHigh >= 0)
            Array.Clear(_dirty, _dirtyLow, _dirtyHigh + 2 - _dirtyLow);
        _dirtyLow = int.MaxValue;
        _dirtyHigh = -1;
    }
}
