namespace TinyReorder.Tests.Shared;

/// <summary>A network of the paper's table 1.</summary>
/// <param name="Name">What the table calls it, made precise.</param>
/// <param name="Build">Builds it.</param>
/// <param name="PublishedPeakBytes">The table's peak before reordering.</param>
/// <param name="PublishedReorderedPeakBytes">The table's peak after it; for most of them the size of the widest tensor, which no order alone reaches.</param>
/// <param name="PeakBytes">The peak of the order in which it is built here.</param>
public sealed record ZooNetwork(string Name, Func<ModelBuilder> Build, long PublishedPeakBytes, long PublishedReorderedPeakBytes, long PeakBytes);
