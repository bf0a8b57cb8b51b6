using System.Text.Json;
using System.Xml.Linq;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class MapTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void It_prints_the_tables_of_both_orders_and_their_peaks()
    {
        CommandRun run = CommandRun.InProcess("map", Keyword(), "--macs", "--sizes");

        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        string[] lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("tensors", lines);
        Assert.Contains("peak 53,040 B (step 4, operator 3 CONV_2D)", lines);
        Assert.Single(lines, line => line.StartsWith("peak 41,280 B (step ", StringComparison.Ordinal));
        Assert.Contains("Current peak memory usage: 53,040 B; in the chosen order: 41,280 B", lines);
        Assert.Contains("MACs: 4,996,528", lines);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void It_writes_the_files_that_are_asked_for()
    {
        string model = Keyword();
        CommandRun run = CommandRun.InProcess("map", model, "--csv", directory.File("k.csv"), "--svg", directory.File("k.svg"), "--html",
            directory.File("k.html"));

        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        Assert.Equal(["k.csv", "k.html", "k.svg", "k.tensors.csv", "keyword.tflite"], directory.Files());
        Assert.Equal("svg", XDocument.Load(directory.File("k.svg")).Root!.Name.LocalName);
        Assert.StartsWith("subgraph,order,step,", File.ReadAllText(directory.File("k.csv")), StringComparison.Ordinal);
        Assert.StartsWith("subgraph,tensor,name,", File.ReadAllText(directory.File("k.tensors.csv")), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(directory.File("k.html")), StringComparison.Ordinal);
        Assert.Contains("unchanged  " + directory.File("k.svg"), CommandRun.InProcess("map", model, "--svg", directory.File("k.svg")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_that_is_too_small_still_gets_its_map()
    {
        CommandRun run = CommandRun.InProcess("map", Keyword(), "--board", "stm32f103", "--html", directory.File("k.html"), "--format", "json");

        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Contains("error TINY1001", run.Error, StringComparison.Ordinal);
        Assert.Equal(41_280, run.Json.GetProperty("peakBytes").GetInt64());
        Assert.False(run.Json.GetProperty("board").GetProperty("fits").GetBoolean());
        Assert.True(File.Exists(directory.File("k.html")));
    }

    [Fact]
    public void A_terminal_gets_borders_and_a_bar_while_it_waits()
    {
        CommandRun run = CommandRun.InProcess(200, default, "map", Keyword());

        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains("╭", run.Output, StringComparison.Ordinal);
        Assert.Contains("peak 41,280 B", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_report_replaces_the_model_or_another_report()
    {
        string model = Keyword();
        byte[] before = File.ReadAllBytes(model);
        foreach (string[] outputs in new string[][] { ["--svg", model], ["--svg", directory.File("a"), "--html", directory.File("a")], ["--csv", ""] })
        {
            CommandRun run = CommandRun.InProcess(["map", model, .. outputs]);
            Assert.Equal(ExitCode.BadUsage, run.ExitCode);
            Assert.Contains("TINY5003", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.Equal(["keyword.tflite"], directory.Files());
    }

    // Table 1 of Sudharsan et al. 2021, column "before".
    [SkippableTheory]
    [InlineData("deeplabv3_257.tflite", "5,639,592 B")]
    [InlineData("mobilenet_v1_025_128.tflite", "98,304 B")]
    public void The_papers_peaks_are_printed(string model, string peak) =>
        Assert.Contains("Current peak memory usage: " + peak, CommandRun.InProcess("map", SharedModels.Find(model), "--search-seconds", "1").Output,
            StringComparison.Ordinal);

    [Fact]
    public void Two_orders_are_compared()
    {
        CommandRun run = CommandRun.InProcess("compare", Keyword(), "--svg", directory.File("c.svg"));

        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        Assert.Matches(@"peak +53,040 +41,280 +-11,760", run.Output);
        XElement[] charts = [.. XDocument.Load(directory.File("c.svg")).Descendants().Where(element => element.Attribute("data-order") is not null)];
        Assert.Equal(2, charts.Length);
        Assert.Single(charts.Select(chart => chart.Elements().First().Attribute("data-bytes")!.Value).Distinct());
    }

    [Fact]
    public void Two_models_are_compared_in_their_own_orders()
    {
        string before = Keyword(), after = directory.File("after.tflite");
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess("optimize", before, "-o", after).ExitCode);

        JsonElement[] sides = [.. CommandRun.InProcess("compare", before, after, "--format", "json").Json.GetProperty("compared").EnumerateArray()];

        Assert.Equal([53_040, 41_280], sides.Select(side => side.GetProperty("peakBytes").GetInt64()));
        Assert.Equal(["keyword.tflite", "after.tflite"], sides.Select(side => side.GetProperty("name").GetString()));
    }

    [Fact]
    public void Two_models_are_compared_as_they_are_each_with_the_plan_that_it_carries()
    {
        string before = Keyword(), after = directory.File("after.tflite");
        CommandRun.InProcess("optimize", before, "-o", after, "--overlap", "diagonal", "--plan", "offline");
        long[] expected =
        [
            CommandRun.InProcess("analyze", before, "--order", "file", "--plan", "device", "--format", "json").Json.GetProperty("arena")
                .GetProperty("arenaBytes").GetInt64(),
            CommandRun.InProcess("analyze", after, "--format", "json").Json.GetProperty("arena").GetProperty("arenaBytes").GetInt64(),
        ];
        Assert.True(expected[0] > expected[1]);

        CommandRun run = CommandRun.InProcess("compare", before, after, "--format", "json");

        Assert.Equal("", run.Error);
        Assert.Equal(expected, run.Json.GetProperty("compared").EnumerateArray().Select(side => side.GetProperty("arenaBytes").GetInt64()));
        long[] alone = [.. CommandRun.InProcess("compare", after, "--format", "json").Json.GetProperty("compared").EnumerateArray()
            .Select(side => side.GetProperty("arenaBytes").GetInt64())];
        Assert.Equal([expected[1], expected[1]], alone);
        long[] planned = [.. CommandRun.InProcess("compare", before, after, "--plan", "device", "--format", "json").Json.GetProperty("compared")
            .EnumerateArray().Select(side => side.GetProperty("arenaBytes").GetInt64())];
        Assert.True(planned[1] > expected[1]);
    }

    private string Keyword() => directory.Write("keyword.tflite", KeywordModel.Build().Build());
}
