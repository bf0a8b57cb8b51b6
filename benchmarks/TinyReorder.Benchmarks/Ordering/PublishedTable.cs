using TinyReorder.Benchmarks.Running;
using TinyReorder.Scheduling;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>Our peaks beside those that the paper prints.</summary>
internal static class PublishedTable
{
    public static void Print(IEnumerable<(ZooNetwork Network, OrderResult Result)> rows)
    {
        Console.Out.Write("\n#### Beside the paper's table 1\n\n");
        var table = new MarkdownTable(Console.Out, "Network", "Before, paper, B", "Before, ours, B", "After, paper, B", "Best order, ours, B", "Proven");
        foreach ((ZooNetwork network, OrderResult result) in rows)
        {
            table.Row(
                network.Name,
                MarkdownTable.Number(network.PublishedPeakBytes),
                MarkdownTable.Number(network.PeakBytes),
                MarkdownTable.Number(network.PublishedReorderedPeakBytes),
                MarkdownTable.Number(result.PeakBytes),
                result.Proven ? "yes" : "no");
        }
    }
}
