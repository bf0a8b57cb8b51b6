using System.Text.Json;
using TinyReorder.Csv;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Reports;

/// <summary>The reports as files, and what CSV and JSON say.</summary>
public sealed class ReportFilesTests
{
    private static readonly MemoryReport Keyword = ReportModels.Report(KeywordModel.Build().Build(), "keyword.tflite",
        new OptimizationRequest { Board = "stm32f103" });

    [Fact]
    public void Words_become_files()
    {
        string[] names = ["kws.memory.html", "kws.steps.csv", "kws.tensors.csv", "kws.memory.svg", "kws.memory.json"];

        Assert.Equal(names, ReportFiles.Names("html; CSV,svg json;html", "kws"));
        Assert.Equal(names, ReportFiles.Of(Keyword, "html; CSV,svg json;html", "kws").Select(file => file.Name));
        Assert.Empty(ReportFiles.Of(Keyword, null, "kws"));
        Assert.All(ReportFiles.Of(Keyword, "html;csv;svg;json", "kws"), file => Assert.DoesNotContain('\r', file.Content));
    }

    [Fact]
    public void A_word_that_nobody_knows_is_one_diagnostic()
    {
        TinyReorderException e = Assert.Throws<TinyReorderException>(() => ReportFiles.Names("html;pdf", "kws"));

        Assert.Equal(DiagnosticCodes.BadOption, e.Diagnostic.Code);
        Assert.Contains("'pdf'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_overflows_its_board_has_its_reports()
    {
        Assert.False(Keyword.Board!.Fits);
        Assert.Contains("missing", MapHtml.Of(Keyword), StringComparison.Ordinal);
        Assert.Contains("budget of", MapSvg.Of(Keyword), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_are_a_contract()
    {
        Assert.StartsWith(
            "subgraph,order,step,operator,kind,name,input_bytes,output_bytes,other_bytes,reserved_bytes,total_bytes,rounded_bytes,is_peak,tensors,macs,parameter_bytes,shared_bytes,original_operator,loop\n",
            MapCsv.Steps(Keyword),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "subgraph,tensor,name,type,shape,bytes,role,producer,consumers,default_first_step,default_last_step,chosen_first_step,chosen_last_step,offset_bytes,planned_bytes\n",
            MapCsv.Tensors(Keyword),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_say_what_the_report_says_whatever_the_names_are()
    {
        var b = new ModelBuilder();
        string name = "a,\"b\"\nc";
        ModelTensor x = b.Input(name, [1, 4]);
        b.Output(b.Relu(x));
        MemoryReport report = ReportModels.Report(b.Build(), "m.tflite");

        List<string[]> tensors = Rows(MapCsv.Tensors(report)), steps = Rows(MapCsv.Steps(report));

        Assert.Equal(["0", "0", "a,\"b\"?c", "Int8", "1x4", "4", "input", "", "0", "0", "1", "0", "1"], tensors[1].Take(13));
        Assert.Equal(["0", "default", "1", "0", "RELU"], steps[2].Take(5));
        Assert.Equal(["4", "4", "0", "0", "8", "32", "1", "0 1", "", "0", "0", "", ""], steps[2].Skip(6));
        Assert.All(tensors, row => Assert.Equal(15, row.Length));
        Assert.All(steps, row => Assert.Equal(19, row.Length));
        Assert.Equal(1 + (2 * 2), steps.Count);
    }

    [Fact]
    public void JSON_has_everything()
    {
        JsonElement json = JsonDocument.Parse(MapJson.Of(Keyword)).RootElement;

        Assert.Equal(41_280, json.GetProperty("peakBytes").GetInt64());
        JsonElement orders = json.GetProperty("subgraphs")[0].GetProperty("orders");
        Assert.Equal(Keyword.Subgraphs[0].Default.Steps.Select(step => step.TotalBytes), Totals(orders[0]));
        Assert.Equal(Keyword.Subgraphs[0].Chosen.Steps.Select(step => step.TotalBytes), Totals(orders[1]));
        Assert.Equal(Keyword.Arenas.Select(arena => arena.Plan.ArenaBytes),
            json.GetProperty("arenas").EnumerateArray().Select(arena => arena.GetProperty("arenaBytes").GetInt64()));
        Assert.False(json.GetProperty("board").GetProperty("fits").GetBoolean());
        Assert.All(MapJson.Of(Keyword), c => Assert.True(c is '\n' or (>= ' ' and <= '~')));
    }

    [Fact]
    public void The_page_holds_the_JSON_and_no_name_breaks_out_of_it()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("</script><script>alert(1)</script>$DATA$<!--", [1, 4])));
        MemoryReport report = ReportModels.Report(b.Build(), "$SCRIPT$<title>.tflite");

        string page = MapHtml.Of(report);

        Assert.Contains(MapJson.Of(report), page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("</script>").Length - 1);
        Assert.Equal(1, page.Split("<title>").Length - 1);
        Assert.Contains("&#36;SCRIPT&#36;&lt;title&gt;.tflite", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http",
            page.Replace("http-equiv", "", StringComparison.Ordinal)
            .Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static IEnumerable<long> Totals(JsonElement order) =>
        order.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("totalBytes").GetInt64());

    private static List<string[]> Rows(string csv)
    {
        var rows = new List<string[]>();
        var reader = new CsvRows(csv, message => new FormatException(message));
        while (reader.Next(out List<string> fields))
            rows.Add([.. fields]);
        return rows;
    }
}
