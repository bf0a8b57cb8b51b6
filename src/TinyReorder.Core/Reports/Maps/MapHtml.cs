using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Reports.Pictures;

namespace TinyReorder.Reports.Maps;

/// <summary>The report as one page that needs nothing else: no network, no other file.</summary>
internal static class MapHtml
{
    private const string ResourcePrefix = "TinyReorder.Reports.";

    /// <summary>The page.</summary>
    public static string Of(MemoryReport report)
    {
        var page = new StringBuilder(Resource("page.html"));
        // The data come last: nothing in them is looked at again.
        page.Replace("$STYLE$", PictureStyle.Text + Resource("page.css"));
        page.Replace("$SCRIPT$", Resource("page.js"));
        page.Replace("$TITLE$", Guarded(new StringBuilder(ForeignText.Markup(ShortText.Middle(report.Model, 120)))));
        var body = new StringBuilder();
        Summary(body, report);
        page.Replace("$SUMMARY$", Guarded(body));
        page.Replace("$BARS$", Guarded(new StringBuilder(MapSvg.Bars(report))));
        body.Clear();
        foreach (ArenaReport arena in report.Arenas)
            body.Append($"<div class=\"arena\" data-name=\"{arena.Name}\"{(arena.Name == report.Chosen.Name ? "" : " hidden")}>\n")
                .Append(MapSvg.Arena(report, arena)).Append("</div>\n");
        page.Replace("$ARENAS$", Guarded(body));
        body.Clear();
        foreach (ArenaReport arena in report.Arenas)
        {
            body.Append($"<label><input type=\"radio\" name=\"arena\" value=\"{arena.Name}\"{(arena.Name == report.Chosen.Name ? " checked" : "")}> ")
                .Append($"{ForeignText.Markup(arena.Title)} <b>{Quantity.Bytes(arena.Plan.ArenaBytes)}</b></label>\n");
        }
        page.Replace("$SWITCH$", body.ToString());
        page.Replace("$DATA$", MapJson.Of(report));
        return page.ToString();
    }

    private static void Summary(StringBuilder body, MemoryReport report)
    {
        Card(body, "Peak in the file's order", Quantity.Bytes(report.DefaultPeakBytes), "default-peak");
        Card(body, "Peak in the chosen order", Quantity.Bytes(report.PeakBytes), "peak");
        Card(body, "Arena", Quantity.Bytes(report.Chosen.Plan.ArenaBytes) + (report.Chosen.Plan.Exact ? "" : " at most"), "arena");
        if (report.AddedBytes > 0)
            Card(body, "Array with margin and resource variables", Quantity.Bytes(report.Constant.Bytes), "array");
        Card(body, "Model in flash", Quantity.Bytes(report.FlashBytes), "flash");
        if (report.Rewrite is { } rewrite)
        {
            string ratio = rewrite.WorkRatio.ToString("0.000", CultureInfo.InvariantCulture);
            Card(body, $"Predicted work ({rewrite.WorkUnit})", $"{ratio} times the original's", "work");
        }
        if (report.Board is not { } board)
            return;
        ArenaPlace place = board.Places.OrderBy(place => place.LeftBytes).First();
        long left = place.LeftBytes;
        string verdict = board.Fits ? "fits" : "does not fit";
        Card(body, $"Board {ForeignText.Markup(board.Board.Name)}: {verdict}",
            left >= 0 ? $"{Quantity.Bytes(left)} {place.Memory} left" : $"{Quantity.Bytes(-left)} {place.Memory} missing", board.Fits ? "fits" : "overflow");
    }

    private static void Card(StringBuilder body, string what, string value, string id) =>
        body.Append($"<div class=\"card\" id=\"card-{id}\"><dt>{what}</dt><dd>{value}</dd></div>\n");

    // A model's name that looks like one of the places below stays what it is.
    private static string Guarded(StringBuilder text) => text.Replace("$", "&#36;").ToString();

    private static string Resource(string name) => Encoding.UTF8.GetString(EmbeddedFile.Read(ResourcePrefix + name)).Replace("\r\n", "\n");
}
