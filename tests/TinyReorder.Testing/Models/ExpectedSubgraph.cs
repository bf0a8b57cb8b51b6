namespace TinyReorder.Tests.Shared;

/// <summary>
/// A row of shared/models/expected.tsv: operators, peaks in bytes, plain and with each tensor rounded up to 16, and the best height of a placement.
/// </summary>
internal sealed record ExpectedSubgraph(
    string Model, int Subgraph, int Operators, long DefaultPeakBytes, long PeakBytes, long RoundedDefaultPeakBytes, long RoundedPeakBytes, long ArenaBytes);
