using System.Globalization;
using TinyReorder.Arenas;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Placing;

/// <summary>Times the placement, beside the height that the planner of TensorFlow Lite Micro reaches.</summary>
internal static class PlaceVerb
{
    private const int GeneratedCapacity = 1 << 20, GeneratedSteps = 200;

    public static int Run(Arguments arguments)
    {
        long alignment = arguments.Number("--alignment", 1);
        long capacity = arguments.Number("--capacity", -1);
        int faults = 0;
        var table = new MarkdownTable(
            Console.Out, "Instance", "Buffers", "Live, B", "Height, B", "Outcome", "Nodes", "First, ms", "Warm, ms", "Least, ms", "Allocated, B",
                "Greedy planner, B", "Ratio");
        foreach (PlacementCase next in arguments.Values.Count > 0 ? arguments.Values.Select(FromFile) : Generated())
        {
            (long live, long greedy) = (PlacementChecker.LiveBytes(next.Items, alignment), GreedyHeight(next.Items, alignment));
            ((Placement? placement, string outcome), Timing timing) = Timing.Of(() => Place(next, alignment, capacity));
            table.Row(
                next.Name,
                MarkdownTable.Number(next.Items.Count),
                MarkdownTable.Number(live),
                placement is null ? "–" : MarkdownTable.Number(placement.HeightBytes),
                outcome,
                placement is null ? "–" : MarkdownTable.Number(placement.Nodes),
                MarkdownTable.Milliseconds(timing.FirstMilliseconds),
                MarkdownTable.Milliseconds(timing.WarmMilliseconds),
                MarkdownTable.Milliseconds(timing.LeastMilliseconds),
                MarkdownTable.Number(timing.AllocatedBytes),
                MarkdownTable.Number(greedy),
                placement is null ? "–" : ((double)greedy / placement.HeightBytes).ToString("N3", CultureInfo.InvariantCulture));
            if (placement is null || PlacementChecker.Fault(next.Items, alignment, placement, next.Shares) is not { } fault)
                continue;
            faults++;
            Console.Error.WriteLine($"{next.Name}: {fault}");
        }
        return faults == 0 ? 0 : 1;
    }

    private static (Placement? Placement, string Outcome) Place(PlacementCase next, long alignment, long capacity)
    {
        if (capacity >= 0)
        {
            Placement? within = ArenaPlacer.PlaceWithin(next.Items, next.Shares, capacity, out PlacementOutcome outcome, alignment);
            return (within, outcome switch { PlacementOutcome.Placed => "fits", PlacementOutcome.Infeasible => "cannot fit", _ => "limit" });
        }
        Placement lowest = ArenaPlacer.Place(next.Items, next.Shares, alignment);
        return (lowest, lowest.Proven ? "proven" : $"≥ {MarkdownTable.Number(lowest.LowerBoundBytes)}");
    }

    private static long GreedyHeight(IReadOnlyList<PlacementItem> items, long alignment)
    {
        GreedyBuffer[] buffers = items.Select(item => new GreedyBuffer((item.Bytes + alignment - 1) / alignment * alignment, item.First, item.Last,
            item.FixedOffset)).ToArray();
        return GreedyMemoryPlanner.Height(buffers, GreedyMemoryPlanner.Place(buffers));
    }

    private static PlacementCase FromFile(string path) =>
        new(Path.GetFileName(path), MinimallocCsv.Read(File.ReadAllText(path), Path.GetFileName(path)).Select(buffer => buffer.Item).ToList());

    private static IEnumerable<PlacementCase> Generated()
    {
        foreach (int count in new[] { 50, 100, 200, 400 })
        {
            // A perfect packing, one with a quarter left out, and random lifetimes and sizes.
            yield return new PlacementCase($"cut, {count}", PlacementInstances.Cut(1, count, GeneratedSteps, GeneratedCapacity));
            yield return new PlacementCase($"cut, a quarter left out, {count}",
                PlacementInstances.Cut(2, count, GeneratedSteps, GeneratedCapacity, leaveOut: 4));
            yield return new PlacementCase($"random, {count}", PlacementInstances.Small(3, count, GeneratedSteps, 4096));
        }
        // Networks whose operators write into what they read: without branches, and with.
        foreach (int count in new[] { 30, 100, 300 })
            yield return new PlacementCase($"sharing chain, {count}", SharingInstances.Chain(4, count));
        foreach (int operators in new[] { 20, 50, 100, 300 })
        {
            for (int seed = 0; seed < 4; seed++)
                yield return new PlacementCase($"sharing network {seed}, {operators} operators", SharingInstances.Network(seed, operators, 4096));
        }
    }
}
