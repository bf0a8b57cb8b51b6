namespace TinyReorder.CompareBuilds.Differences;

/// <summary>One thing in which two runs differ.</summary>
/// <param name="Kind">What equals for all differences that are counted together.</param>
/// <param name="What">What differs.</param>
/// <param name="Text">How it differs, on one line.</param>
internal sealed record Difference(string Kind, string What, string Text)
{
    /// <summary>Both values where they are whole numbers.</summary>
    public (long Before, long After)? Numbers { get; init; }
}
