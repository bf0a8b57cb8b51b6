namespace TinyReorder.Rewrites.Regions;

/// <summary>How a loop comes by the rows that its windows read.</summary>
/// <param name="Again">Operators, none whose output leaves the region, that compute rows again instead of having them carried from turn to turn.</param>
/// <param name="Cut">
/// Windows that keep their own padding: they get rows that lie whole inside of the image, and of what they make only rows that are right are taken.
/// </param>
internal sealed record TurnForm(ISet<int> Again, ISet<int> Cut)
{
    /// <summary>Every row is made once.</summary>
    public static TurnForm Carried { get; } = new(new HashSet<int>(), new HashSet<int>());

    /// <summary>The same form; windows of the region that have to keep their padding are cut in any.</summary>
    /// <param name="region">The region.</param>
    /// <param name="padsWithZeros">Whether padding that is data can only be zero, as PAD makes it.</param>
    public TurnForm Of(Region region, bool padsWithZeros)
    {
        int[] kept = [.. Enumerable.Range(region.First, region.Last - region.First + 1)
            .Where(k => region.RowsOf(k).HasToKeepPadding || (padsWithZeros && region.RowsOf(k).PadsWithLowest))];
        return kept.All(Cut.Contains) ? this : this with { Cut = new HashSet<int>(Cut.Concat(kept)) };
    }

    /// <summary>A text that only an equal form has.</summary>
    public string Key => string.Join("+", Again.OrderBy(k => k)) + "/" + string.Join("+", Cut.OrderBy(k => k));
}
