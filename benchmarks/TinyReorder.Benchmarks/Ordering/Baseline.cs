using System.Diagnostics;
using System.Globalization;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>One run of the memoised recursion of tflite-tools, as far as its limit lets it go.</summary>
/// <param name="Milliseconds">Wall clock.</param>
/// <param name="PeakBytes">The minimal peak by its definition, or null when the limit came first.</param>
/// <param name="Covers">Whether that definition is this project's on this graph.</param>
internal sealed record Baseline(double Milliseconds, long? PeakBytes, bool Covers)
{
    // Each set is kept with its tensors; this many stay below two gigabytes on graphs of a few thousand tensors.
    private const int MostSets = 1_000_000;
    private const int MostOperators = 5_000;

    /// <summary>Runs it; null where it was not asked for or could not begin.</summary>
    public static Baseline? Run(Graph graph, TimeSpan limit)
    {
        if (limit <= TimeSpan.Zero || graph.Operators.Count > MostOperators)
            return null;
        bool covers = PaperAlgorithm1.Covers(graph);
        var clock = Stopwatch.StartNew();
        (long? peak, _) = MemoisedTensorSets.Search(graph, limit);
        return new Baseline(clock.Elapsed.TotalMilliseconds, peak, covers);
    }

    /// <summary>Compiles its code.</summary>
    public static void WarmUp()
    {
        for (ulong seed = 0; seed < 200; seed++)
            MemoisedTensorSets.Search(RandomGraphs.Tiny(seed, 10), TimeSpan.FromSeconds(1));
    }

    public string TimeText => (PeakBytes is null ? "> " : "") + MarkdownTable.Milliseconds(Milliseconds) + (Covers ? "" : " †");

    /// <summary>How many times as long as <paramref name="milliseconds"/> it took; nothing where neither came to an end.</summary>
    public string RatioTo(double milliseconds, bool isProven) =>
        PeakBytes is null && !isProven
            ? "–"
            : (PeakBytes is null ? "> " : "")
            + (Milliseconds / milliseconds).ToString(Milliseconds < 10 * milliseconds ? "N1" : "N0", CultureInfo.InvariantCulture);
}
