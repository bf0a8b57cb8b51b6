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

    /// <summary>The charts of several reports on one scale, for each subgraph that all have; then the bodies of loops, which a streamed form has alone.</summary>
    public static string Compare(IReadOnlyList<(string Name, MemoryReport Report)> sides)
    {
        var canvas = new SvgCanvas { Width = 620 };
        int common = Math.Min(MostSubgraphs, sides.Min(side => side.Report.Subgraphs.Count));
        bool isOneEach = sides.All(side => side.Report.Subgraphs.Count == 1);
        for (int s = 0; s < common; s++)
        {
            BarChart.Draw(
                canvas,
                isOneEach ? "memory while each operator runs" : $"subgraph {sides[0].Report.Subgraphs[s].Index}: memory while each operator runs",
                [.. sides.Select(side => (side.Name, side.Report.Subgraphs[s].Chosen))]);
        }
        foreach ((string name, MemoryReport report) in sides)
        {
            foreach (SubgraphReport body in report.Subgraphs.Skip(common).Take(MostSubgraphs - common).Where(subgraph => subgraph.Loop is { IsBody: true }))
                BarChart.Draw(canvas, body.Loop!.Title, [(name, body.Chosen)]);
        }
        return canvas.Document($"Memory of {string.Join(" and of ", sides.Select(side => side.Name))}", PictureStyle.Text);
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
        // The condition of a loop holds what its body does, and runs one operator.
        foreach (SubgraphReport subgraph in report.Subgraphs.Where(subgraph => subgraph.Default.Steps.Count > 1 && subgraph.Loop is not { IsBody: false })
            .Take(MostSubgraphs))
        {
            string heading = report.Subgraphs.Count == 1
                ? $"{ShortText.Middle(report.Model, 60)}: memory while each operator runs"
                : subgraph.Loop is { } loop ? $"subgraph {subgraph.Index}, {loop.Title}"
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
