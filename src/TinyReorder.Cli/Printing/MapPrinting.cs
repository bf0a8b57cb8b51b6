using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;

namespace TinyReorder.Cli.Printing;

/// <summary>What <c>map</c> and <c>compare</c> tell people.</summary>
internal static class MapPrinting
{
    /// <summary>Writes the tables of <paramref name="report"/>, the summary, and what was written.</summary>
    public static void Write(CommandContext context, MemoryReport report, OptimizationResult result, bool macs, bool sizes, IReadOnlyList<WrittenFile> written)
    {
        foreach (SubgraphReport subgraph in report.Subgraphs)
        {
            if (report.Subgraphs.Count > 1)
                context.WriteLine(MapText.SubgraphLine(subgraph));
            foreach ((TextTable table, OrderReport? order) in MapText.WithOrders(subgraph, macs, sizes))
            {
                Write(context, table);
                if (order is not null)
                    context.WriteLine(order.PeakLine);
                context.WriteLine();
            }
        }
        foreach (TextTable table in MapText.OfModel(report))
        {
            Write(context, table);
            context.WriteLine();
        }
        foreach (string line in MapText.Totals(report, macs, sizes))
            context.WriteLine(line);
        SummaryLines.Write(context, result);
        Write(context, written);
    }

    /// <summary>Writes <paramref name="table"/> and what was written.</summary>
    public static void Write(CommandContext context, TextTable table, IReadOnlyList<WrittenFile> written)
    {
        Write(context, table);
        Write(context, written);
    }

    private static void Write(CommandContext context, TextTable table)
    {
        context.WriteLine(table.Title);
        TableWriter.Write(context, [.. table.Columns.Select(column => new TableColumn(column.Heading, column.IsNumber))], table.Rows, row =>
            row == table.MarkedRow);
    }

    private static void Write(CommandContext context, IEnumerable<WrittenFile> written)
    {
        foreach (WrittenFile file in written)
            context.WriteLine((file.Changed ? "written    " : "unchanged  ") + file.Path);
    }
}
