using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>A board that cannot hold the model: exit code 1, the whole result, and no file.</summary>
public sealed class BoardFitTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void An_arena_that_is_too_large_is_told_with_the_whole_result()
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--board", "stm32f103", "--format", "json");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Contains(" : error TINY1001: ", run.Error, StringComparison.Ordinal);
        JsonElement json = run.Json;
        Assert.False(json.GetProperty("board").GetProperty("fits").GetBoolean());
        Assert.Equal(20_480, json.GetProperty("board").GetProperty("staticRegionBytes").GetInt64());
        Assert.True(json.GetProperty("arena").GetProperty("arenaBytes").GetInt64() > 20_480);
        Assert.Contains(json.GetProperty("diagnostics").EnumerateArray(), diagnostic =>
            diagnostic.GetProperty("code").GetString() == "TINY1001" && diagnostic.GetProperty("severity").GetString() == "error");
    }

    [Fact]
    public void As_text_the_summary_is_printed_too()
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--board", "stm32f103");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Contains("20,480 B", run.Error, StringComparison.Ordinal);
        Assert.Contains("bluepill_f103c8", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reserved_SRAM_counts()
    {
        string model = WriteWideModel();
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess("analyze", model, "--board", "rp2040").ExitCode);
        Assert.Equal(ExitCode.DoesNotFit, CommandRun.InProcess("analyze", model, "--board", "rp2040", "--reserved-sram", "240000").ExitCode);
    }

    [Fact]
    public void An_arena_in_a_memory_of_the_board_is_checked_and_placed_there()
    {
        string model = WriteWideModel(), header = directory.File("generated");
        CommandRun run = CommandRun.InProcess("analyze", model, "--board", "nucleo_f303re", "--arena-region", "ccmram", "--format", "json");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        JsonElement board = run.Json.GetProperty("board");
        Assert.Equal(("CCM", 16_384), (board.GetProperty("arenaRegion").GetString(), board.GetProperty("arenaRegionBytes").GetInt64()));
        Assert.Contains("Another memory of the board would hold the arena: --arena-region RAM (65,536 B). ", run.Error, StringComparison.Ordinal);

        CommandRun placed = CommandRun.InProcess("optimize", model, "--board", "teensy41", "--arena-region", "EXTMEM", "--reserved-sram", "524288", "--header",
            header, "--emit-arena");
        Assert.True(placed.ExitCode == ExitCode.Fine, placed.Error);
        Assert.Contains("of 8,388,608 B EXTMEM", placed.Output, StringComparison.Ordinal);
        Assert.Contains("section(\".externalram\")", File.ReadAllText(Path.Combine(header, "wide.c")), StringComparison.Ordinal);
    }

    [Fact]
    public void Reserved_flash_counts()
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--board", "rp2040", "--reserved-flash", "2097000");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Contains("error TINY1002: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written()
    {
        string model = WriteWideModel();
        CommandRun run = CommandRun.InProcess("optimize", model, "-o", directory.File("out.tflite"), "--header", directory.File("generated"), "--board",
            "stm32f103");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Contains("nothing was written", run.Output, StringComparison.Ordinal);
        Assert.Equal(["wide.tflite"], directory.Files());
    }

    [Fact]
    public void Boards_of_ones_own_count()
    {
        string boards = directory.Write("boards.json", """
            { "boards": [ { "id": "mine", "name": "My board", "staticRegionBytes": 20000, "flashBytes": 100000, "kernels": "reference" } ] }
            """u8.ToArray());
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--board", "mine", "--board-file", boards, "--format", "json");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Equal("My board", run.Json.GetProperty("board").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("TINY1003", "nano33ble", "--board", "nano33")]
    [InlineData("TINY1011", "CCM (65,536 B)", "--board", "disco_f407vg", "--arena-region", "CMM")]
    [InlineData("TINY5001", "tflm", "--runtime", "tfml")]
    [InlineData("TINY5002", "cmsis-nn", "--kernels", "cmsisnn")]
    public void Unknown_names_are_bad_usage_and_answered_with_the_nearest(string code, string nearest, params string[] options)
    {
        CommandRun run = CommandRun.InProcess(["analyze", WriteWideModel(), .. options, "--format", "json"]);
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("error " + code + ": ", run.Error, StringComparison.Ordinal);
        Assert.Contains(nearest, run.Error, StringComparison.Ordinal);
        Assert.Equal(["schema", "model", "diagnostics"], run.Json.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("--overlap", "in-place")]
    [InlineData("--overlap", "diagonal")]
    [InlineData("--keep-inputs", "true")]
    public void What_only_our_own_plan_can_keep_contradicts_the_devices_planner(string option, string value)
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--plan", "device", option, value);
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("error TINY5003: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_without_evidence_for_overlap_are_named()
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--kernels", "esp-nn-s3", "--overlap", "in-place");
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains("TINY4004", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--reserved-sram", "lots")]
    [InlineData("--reserved-sram", "-5")]
    [InlineData("--reserved-flash", "1.5")]
    [InlineData("--reserved-flash", "99999999999999999999")]
    [InlineData("--search-seconds", "soon")]
    [InlineData("--search-seconds", "-1")]
    public void Numbers_that_are_none_are_bad_usage(string option, string value)
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteWideModel(), "--board", "rp2040", option, value);
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("error TINY5003: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    /// <summary>A model whose first operator alone holds more than 20,480 B.</summary>
    private string WriteWideModel()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 64, 64, 4]), wide = builder.Relu(x);
        // The input is an output as well, so nothing can take its place.
        builder.Output(x, wide);
        return directory.Write("wide.tflite", builder.Build());
    }
}
