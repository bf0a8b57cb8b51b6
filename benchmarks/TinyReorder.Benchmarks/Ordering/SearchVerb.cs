using System.Diagnostics;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Graphs;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>Times the order search and its baseline on every case, in one run.</summary>
internal static class SearchVerb
{
    public static int Run(Arguments arguments)
    {
        WarmUp();
        int faults = 0;
        foreach (string group in arguments.Text("--only") is { } only ? [only] : SearchCases.Groups)
            faults += RunGroup(group, arguments);
        using var process = Process.GetCurrentProcess();
        Console.Out.Write($"\nLargest working set of the process, baseline included: {MarkdownTable.Number(process.PeakWorkingSet64)} B.\n");
        return faults == 0 ? 0 : 1;
    }

    private static int RunGroup(string group, Arguments arguments)
    {
        var limits = new SearchLimits { Time = TimeSpan.FromSeconds(arguments.Number("--seconds", 10)) };
        var baselineLimit = TimeSpan.FromSeconds(arguments.Number("--baseline-seconds", 5));
        bool cold = arguments.Has("--cold");
        int faults = 0, proven = 0, searched = 0;
        double total = 0, least = 0;
        var published = new List<(ZooNetwork Network, OrderResult Result)>();
        Console.Out.Write($"\n### {SearchCases.Title(group)}\n\n");
        var table = new MarkdownTable(
            Console.Out,
            "Graph", "Operators", "Movable", "File's peak, B", "Best peak, B", "Proven", "Nodes", "Cold, ms", "Warm, ms", "Least, ms", "Allocated, B",
                "Baseline, ms", "Ratio");
        foreach (SearchCase next in SearchCases.Of(group, arguments))
        {
            Graph graph = next.Create();
            long filePeak = MemoryMap.Of(graph, Enumerable.Range(0, graph.Operators.Count).ToArray()).PeakBytes;
            (OrderResult result, Timing timing) = Timing.Of(() => OrderSearch.Search(graph, limits));
            Baseline? baseline = Baseline.Run(graph, baselineLimit);
            double? first = cold ? ColdRun.Ask(group, next, arguments) : null;
            table.Row(
                next.Name,
                MarkdownTable.Number(graph.Operators.Count),
                MarkdownTable.Number(MovableOperators.Count(graph)),
                MarkdownTable.Number(filePeak),
                MarkdownTable.Number(result.PeakBytes),
                result.Proven ? "yes" : $"no, ≥ {MarkdownTable.Number(result.LowerBoundBytes)}",
                MarkdownTable.Number(result.Nodes),
                first is { } milliseconds ? MarkdownTable.Milliseconds(milliseconds) : "–",
                MarkdownTable.Milliseconds(timing.WarmMilliseconds),
                MarkdownTable.Milliseconds(timing.LeastMilliseconds),
                MarkdownTable.Number(timing.AllocatedBytes),
                baseline?.TimeText ?? "–",
                baseline?.RatioTo(timing.WarmMilliseconds, result.Proven) ?? "–");
            searched++;
            proven += result.Proven ? 1 : 0;
            total += timing.WarmMilliseconds;
            least += timing.LeastMilliseconds;
            if (next.Published is { } network)
                published.Add((network, result));
            if (MemoryMap.Of(graph, result.Order).PeakBytes is var own && own != result.PeakBytes)
            {
                faults++;
                Console.Error.WriteLine($"{next.Name}: the order has a peak of {own} B");
            }
            if (result.Proven && baseline is { Covers: true, PeakBytes: { } peak } && peak != result.PeakBytes)
            {
                faults++;
                Console.Error.WriteLine($"{next.Name}: the baseline finds {peak} B");
            }
        }
        Console.Out.Write($"\n{proven} of {searched} proven, {MarkdownTable.Milliseconds(total)} ms of searches in all (warm; "
            + $"{MarkdownTable.Milliseconds(least)} ms at the least).\n");
        if (published.Count > 0)
            PublishedTable.Print(published);
        return faults;
    }

    private static void WarmUp()
    {
        Baseline.WarmUp();
        for (ulong seed = 0; seed < 2_000; seed++)
            OrderSearch.Search(RandomGraphs.Tiny(seed, 14));
    }
}
