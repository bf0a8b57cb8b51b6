namespace TinyReorder.Arenas;

/// <summary>
/// Who may lie on common bytes with whom, in units: the distances that are allowed between the starts of two items, and how many
/// bytes the items of a section can save by it.
/// </summary>
internal sealed class PlacementSharing
{
    private readonly PlacementProblem problem;

    /// <summary>Relations that differ from disjointness, by lower and upper item.</summary>
    private readonly Dictionary<(int Lower, int Upper), PlacementRelation> relations = [];

    public PlacementSharing(PlacementProblem problem, IReadOnlyList<PlacementPair> pairs)
    {
        this.problem = problem;
        Involves = new bool[problem.Count];
        HasPoints = new bool[problem.Count];
        HasZero = new bool[problem.Count];
        Relate(pairs);
        FindFloating(pairs);
        Savings = new PlacementSavings(problem, pairs);
    }

    /// <summary>What sharing can save in each section.</summary>
    public PlacementSavings Savings { get; }

    /// <summary>Whether an item is in any share.</summary>
    public bool[] Involves { get; }

    /// <summary>Whether an item has an exact distance to another one.</summary>
    public bool[] HasPoints { get; }

    /// <summary>Whether an item may start exactly where another one does that it shares time with.</summary>
    public bool[] HasZero { get; }

    /// <summary>Whether an item may have to lie higher than it could because it is tied to one that lies above it.</summary>
    public bool[] MayFloat { get; private set; } = [];

    public bool AnyFloats { get; private set; }

    /// <summary>Parallel to <see cref="PlacementProblem.Neighbours"/>: how far the neighbour may start above the item.</summary>
    public PlacementRelation?[] Above { get; private set; } = [];

    /// <summary>Parallel to <see cref="PlacementProblem.Neighbours"/>: how far the item may start above the neighbour.</summary>
    public PlacementRelation?[] Below { get; private set; } = [];

    /// <summary>For each item, the places among <see cref="PlacementProblem.Neighbours"/> of those that it shares with.</summary>
    public int[][] Partners { get; private set; } = [];

    /// <summary>How far <paramref name="upper"/> may start above <paramref name="lower"/>; null where they must be disjoint.</summary>
    public PlacementRelation? Find(int lower, int upper) =>
        relations.TryGetValue((lower, upper), out PlacementRelation? relation) ? relation : null;

    /// <summary>Whether two items that share time may lie at these offsets.</summary>
    public bool Allows(int a, long offsetA, int b, long offsetB)
    {
        if (offsetA > offsetB)
            return Allows(b, offsetB, a, offsetA);
        long distance = offsetB - offsetA;
        return distance >= problem.Size[a] || Find(a, b)?.Allows(distance) == true;
    }

    /// <summary>Finds the relation of each pair of neighbours, once these are listed.</summary>
    public void ListNeighbours()
    {
        Above = new PlacementRelation?[problem.Neighbours.Length];
        Below = new PlacementRelation?[problem.Neighbours.Length];
        Partners = Enumerable.Repeat(Array.Empty<int>(), problem.Count).ToArray();
        var partners = new List<int>();
        for (int item = 0; item < problem.Count; item++)
        {
            if (!Involves[item])
                continue;
            partners.Clear();
            for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
            {
                int other = problem.Neighbours[i];
                if (!Involves[other])
                    continue;
                Above[i] = Find(item, other);
                Below[i] = Find(other, item);
                if (Above[i] is not null || Below[i] is not null)
                    partners.Add(i);
            }
            Partners[item] = partners.ToArray();
        }
    }

    /// <summary>Whether what is placed (offsets of 0 or more) leaves an item this offset.</summary>
    public bool IsFree(int item, long at, long[] offset)
    {
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
        {
            int other = problem.Neighbours[i];
            if (offset[other] < 0)
                continue;
            long distance = Math.Abs(at - offset[other]);
            bool isAbove = at >= offset[other];
            if (distance < problem.Size[isAbove ? other : item] && (isAbove ? Below[i] : Above[i])?.Allows(distance) != true)
                return false;
        }
        return true;
    }

    /// <summary>Free places of an item at an exact distance above or below one that is placed; some perhaps twice.</summary>
    public IEnumerable<long> ExactPlaces(int item, long[] offset)
    {
        if (!HasPoints[item])
            yield break;
        for (int i = problem.NeighbourStart[item]; i < problem.NeighbourStart[item + 1]; i++)
        {
            long other = offset[problem.Neighbours[i]];
            if (other < 0)
                continue;
            foreach (long point in Below[i]?.Points ?? [])
            {
                if (IsFree(item, other + point, offset))
                    yield return other + point;
            }
            foreach (long point in Above[i]?.Points ?? [])
            {
                if (other >= point && IsFree(item, other - point, offset))
                    yield return other - point;
            }
        }
    }

    private void Relate(IReadOnlyList<PlacementPair> pairs)
    {
        Dictionary<(int Lower, int Upper), (long Weight, SortedSet<long> Points)> found = [];
        foreach (PlacementPair pair in pairs)
        {
            Involves[pair.Lower] = Involves[pair.Upper] = true;
            Add(pair.Lower, pair.Upper, pair.Distance, pair.IsExact);
            // The same offset is neither above nor below.
            if (pair.Distance == 0)
                Add(pair.Upper, pair.Lower, 0, isExact: true);
        }
        foreach (KeyValuePair<(int Lower, int Upper), (long Weight, SortedSet<long> Points)> entry in found)
        {
            long weight = entry.Value.Weight;
            long[] points = entry.Value.Points.Where(point => point < weight).ToArray();
            relations.Add(entry.Key, new(weight, points));
            (int lower, int upper) = entry.Key;
            if (points.Length > 0)
                HasPoints[lower] = HasPoints[upper] = true;
            if (weight == 0 || (points.Length > 0 && points[0] == 0))
                HasZero[lower] = HasZero[upper] = true;
        }

        void Add(int lower, int upper, long distance, bool isExact)
        {
            (long weight, SortedSet<long> points) = found.TryGetValue((lower, upper), out var known) ? known : (problem.Size[lower], []);
            if (isExact)
                points.Add(distance);
            else
                weight = Math.Min(weight, distance);
            found[(lower, upper)] = (weight, points);
        }
    }

    /// <summary>Items that are tied, directly or over others, by exact distances of which one is not zero.</summary>
    private void FindFloating(IReadOnlyList<PlacementPair> pairs)
    {
        int[] group = Enumerable.Range(0, problem.Count).ToArray();
        foreach (PlacementPair pair in pairs.Where(pair => pair.IsExact || pair.Distance == 0))
            group[Root(pair.Lower)] = Root(pair.Upper);
        HashSet<int> floating = [.. pairs.Where(pair => pair.IsExact && pair.Distance > 0).Select(pair => Root(pair.Lower))];
        MayFloat = Enumerable.Range(0, problem.Count).Select(i => floating.Contains(Root(i))).ToArray();
        AnyFloats = floating.Count > 0;

        int Root(int item)
        {
            while (group[item] != item)
                item = group[item] = group[group[item]];
            return item;
        }
    }
}
