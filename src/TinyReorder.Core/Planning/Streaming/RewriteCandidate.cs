namespace TinyReorder.Planning.Streaming;

/// <summary>What may be done to a model: regions as loops, and convolutions of one pixel with a dilation.</summary>
/// <param name="Regions">The regions, in the order in which they run.</param>
/// <param name="Dilated">The convolutions outside of them that get a dilation.</param>
internal sealed record RewriteCandidate(IReadOnlyList<StreamCandidate> Regions, IReadOnlyList<int> Dilated)
{
    /// <summary>All convolutions that get a dilation.</summary>
    public ISet<int> AllDilated { get; } = new HashSet<int>(Regions.SelectMany(region => region.Dilated).Concat(Dilated));

    /// <summary>A text that only an equal candidate has.</summary>
    public string Key => string.Join(" ", Regions.Select(region =>
        $"{region.Region.First}-{region.Region.Last}:{region.RowsATurn}/{region.Schedule.Form.Key}")) + " "
        + string.Join(",", AllDilated.OrderBy(k => k));
}
