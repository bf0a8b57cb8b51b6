using System.Diagnostics;
using System.Globalization;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Fuzzing;

/// <summary>
/// Compares the order search with brute force on random graphs of every family and trait: each graph with all techniques and with a random choice of them.
/// Of ten graphs four have up to 6 operators (one of them is also compared with all of its orders), five up to 9 and one up to 12.
/// </summary>
internal static class FuzzSearchVerb
{
    private const int GraphsPerTurn = 10, ReportEvery = 50_000;

    private const long MostNodesWithFewerTechniques = 50_000;

    public static int Run(Arguments arguments)
    {
        long count = arguments.Number("--count", 1_000_000), from = arguments.Number("--from", 10_000_000);
        FuzzClass[] classes = [new(6), new(9), new(12)];
        var clock = Stopwatch.StartNew();
        for (long i = 0; i < count; i++)
        {
            int turn = (int)((from + i) % GraphsPerTurn);
            Compare((ulong)(from + i), classes[turn < 4 ? 0 : turn < 9 ? 1 : 2], enumerate: turn == 0);
            if ((i + 1) % ReportEvery == 0)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{i + 1:N0} graphs, {classes.Sum(c => c.Wrong)} wrong, {classes.Sum(c => c.AtLimit)} at the limit, {clock.Elapsed.TotalSeconds:N0} s"));
        }
        var table = new MarkdownTable(
            Console.Out, "Operators", "Graphs", "Against all sets", "Against all orders", "Orders tried", "File's order not optimal", "With nodes expanded",
                "Fewer techniques at their limit", "Wrong");
        foreach (FuzzClass c in classes)
            Row($"up to {c.MostOperators}", [c]);
        Row("all", classes);
        return classes.All(c => c.Wrong == 0) ? 0 : 1;

        void Row(string name, FuzzClass[] of) => table.Row(
            name,
            MarkdownTable.Number(of.Sum(c => c.Graphs)),
            MarkdownTable.Number(of.Sum(c => c.BySubsets)),
            MarkdownTable.Number(of.Sum(c => c.ByEnumeration)),
            MarkdownTable.Number(of.Sum(c => c.Orders)),
            MarkdownTable.Number(of.Sum(c => c.Improved)),
            MarkdownTable.Number(of.Sum(c => c.Searched)),
            MarkdownTable.Number(of.Sum(c => c.AtLimit)),
            MarkdownTable.Number(of.Sum(c => c.Wrong)));
    }

    private static void Compare(ulong seed, FuzzClass counts, bool enumerate)
    {
        Graph graph = RandomGraphs.Tiny(seed, counts.MostOperators);
        (long expected, _) = BruteForce.BySubsets(graph);
        counts.Graphs++;
        counts.BySubsets++;
        bool right = true;
        if (enumerate)
        {
            (long peak, _, long orders) = BruteForce.ByEnumeration(graph);
            right = peak == expected;
            counts.ByEnumeration++;
            counts.Orders += orders;
        }
        OrderResult result = OrderSearch.Search(graph, new SearchLimits { Time = TimeSpan.MaxValue });
        SearchTechniques some = TechniqueCombinations.Of((int)(new Pcg32(seed).Next() % TechniqueCombinations.Count));
        right &= result.Proven && IsRight(graph, result, expected);
        // Without dominance and bounds twelve operators can be too many for any limit; what is said then has to be true all the same.
        OrderResult withSome = OrderSearch.Search(graph, new SearchLimits { Nodes = MostNodesWithFewerTechniques, Time = TimeSpan.MaxValue }, some);
        right &= IsRight(graph, withSome, expected);
        counts.AtLimit += withSome.Proven ? 0 : 1;
        counts.Improved += result.Order.Select((o, i) => o != i).Any(moved => moved) ? 1 : 0;
        counts.Searched += result.Nodes > 0 ? 1 : 0;
        if (right)
            return;
        counts.Wrong++;
        Console.Error.WriteLine($"wrong: RandomGraphs.Tiny({seed}, {counts.MostOperators}) needs {expected}; {Describe(graph, result)}; with {some} "
            + $"{Describe(graph, withSome)}");
    }

    /// <summary>
    /// Whether the order is a valid one that has the peak it is said to have, by a count that shares nothing with the search, and the minimum lies between
    /// the bounds.
    /// </summary>
    private static bool IsRight(Graph graph, OrderResult result, long expected) =>
        result.LowerBoundBytes <= expected
        && expected <= result.PeakBytes
        && BruteForce.IsValid(graph, result.Order)
        && BruteForce.PeakOf(graph, result.Order) == result.PeakBytes;

    private static string Describe(Graph graph, OrderResult result) =>
        $"{result.LowerBoundBytes} to {result.PeakBytes}, {result.Nodes} nodes, order {string.Join(" ", result.Order)} of "
        + $"{BruteForce.PeakOf(graph, result.Order)}";
}
