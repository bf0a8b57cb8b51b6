using TinyReorder.Diagnostics;
using TinyReorder.Reports.Pictures;

namespace TinyReorder.Reports.Maps;

/// <summary>The pictures of the memory map as SVG: the bars of the default and of the chosen order on one scale, and the arena of the chosen plan.</summary>
internal static class MapSvg
{
    private const int MostSubgraphs = 8;

    /// <summary>One picture with all of them.</summary>
    public static string Of(MemoryReport report)
    {
        var canvas = new SvgCanvas { Width = 620 };
        DrawBars(canvas, report);
        ArenaPicture.Draw(canvas, report.Chosen, report.Board, report.AddedBytes);
        return canvas.Document(Label(report), PictureStyle.Text);
    }

    /// <summary>The charts of two reports on one scale, for each subgraph that both have.</summary>
    public static string Compare(MemoryReport first, MemoryReport second, string firstName, string secondName)
    {
        var canvas = new SvgCanvas { Width = 620 };
        foreach ((SubgraphReport a, SubgraphReport b) in first.Subgraphs.Zip(second.Subgraphs, (a, b) => (a, b)).Take(MostSubgraphs))
        {
            BarChart.Draw(
                canvas,
                first.Subgraphs.Count == 1 && second.Subgraphs.Count == 1 ? "memory while each operator runs" : $"subgraph {a.Index}: memory while each "
                    + "operator runs",
                [(firstName, a.Chosen), (secondName, b.Chosen)]);
        }
        return canvas.Document($"Memory of {firstName} and of {secondName}", PictureStyle.Text);
    }

    internal static string Bars(MemoryReport report)
    {
        var canvas = new SvgCanvas { Width = 620, HasTitles = false };
        DrawBars(canvas, report);
        return canvas.Document(Label(report));
    }

    internal static string Arena(MemoryReport report, ArenaReport arena)
    {
        var canvas = new SvgCanvas { Width = 620, HasTitles = false };
        ArenaPicture.Draw(canvas, arena, report.Board, report.AddedBytes);
        return canvas.Document($"Arena of {report.Model}, {arena.Title}: {Quantity.Bytes(arena.Plan.ArenaBytes)}");
    }

    private static void DrawBars(SvgCanvas canvas, MemoryReport report)
    {
        foreach (SubgraphReport subgraph in report.Subgraphs.Where(subgraph => subgraph.Default.Steps.Count > 1).Take(MostSubgraphs))
        {
            string heading = report.Subgraphs.Count == 1
                ? $"{ShortText.Middle(report.Model, 60)}: memory while each operator runs"
                : $"{ShortText.Middle(report.Model, 60)}, {MapText.SubgraphLine(subgraph)}: memory while each operator runs";
            List<(string Title, OrderReport Order)> orders = [(subgraph.IsRewritten || subgraph.Loop is not null ? "rewritten file" : "file's order", subgraph.Default)];
            orders.Add((subgraph.IsReordered ? "chosen order" : subgraph.SharesOtherwise ? "chosen overlap, file's order" : "chosen order (the same)",
                subgraph.Chosen));
            canvas.Begin($"g data-subgraph=\"{subgraph.Index}\"");
            BarChart.Draw(canvas, heading, orders);
            canvas.End("g");
        }
    }

    private static string Label(MemoryReport report) =>
        $"Memory map of {report.Model}: peak {Quantity.Bytes(report.DefaultPeakBytes)} in the file's order, {Quantity.Bytes(report.PeakBytes)} in the "
        + $"chosen order, arena {Quantity.Bytes(report.Chosen.Plan.ArenaBytes)}";
}
