namespace TinyReorder.Benchmarks.Fuzzing;

/// <summary>Counts for graphs of up to so many operators.</summary>
internal sealed class FuzzClass(int mostOperators)
{
    public int MostOperators => mostOperators;

    public long Graphs { get; set; }

    /// <summary>How many were compared with the table over all sets.</summary>
    public long BySubsets { get; set; }

    /// <summary>How many were compared with all of their orders.</summary>
    public long ByEnumeration { get; set; }

    /// <summary>How many orders that were.</summary>
    public long Orders { get; set; }

    /// <summary>In how many the file's order is not optimal.</summary>
    public long Improved { get; set; }

    /// <summary>In how many the search came to expand states.</summary>
    public long Searched { get; set; }

    /// <summary>In how many the search with some of the techniques only came to its limit of nodes.</summary>
    public long AtLimit { get; set; }

    public long Wrong { get; set; }
}
