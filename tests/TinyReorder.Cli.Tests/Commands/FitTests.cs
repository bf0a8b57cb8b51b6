using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>The command <c>fit</c>.</summary>
public sealed class FitTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_table_lists_the_boards_that_the_filter_names()
    {
        string model = directory.Write("small.tflite", BuiltModels.Small().Build());
        CommandRun run = CommandRun.InProcess("fit", model, "--filter", "esp32dev", "--filter", "nano33ble", "--filter", "uno_r4_minima");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        Assert.StartsWith("board ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["uno_r4_minima", "esp32dev", "nano33ble"], lines[1..4].Select(line => line.Split(' ')[0]));
        Assert.All(lines[1..4], line => Assert.Contains(" yes", line, StringComparison.Ordinal));
        Assert.Contains($"{model}: 3 of 3 boards hold it, 0 more with other settings", run.Output, StringComparison.Ordinal);
        Assert.Contains(": peak ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_models_targets_boards_and_diagnostics()
    {
        string model = directory.Write("small.tflite", BuiltModels.Small().Build()), other = directory.Write("other.tflite", BuiltModels.Runnable().Build());
        CommandRun run = CommandRun.InProcess("fit", model, other, "--filter", "stm32f1", "--format", "json", "--no-advice");
        JsonElement json = run.Json;
        Assert.Equal(["schema", "models", "targets", "boards", "diagnostics"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal([model, other], json.GetProperty("models").EnumerateArray().Select(item => item.GetProperty("model").GetString()));
        JsonElement target = Assert.Single(json.GetProperty("targets").EnumerateArray());
        Assert.Equal(target.GetProperty("models").EnumerateArray().Sum(item => item.GetProperty("arenaBytes").GetInt64()), target.GetProperty("arenaBytes").GetInt64());
        Assert.All(json.GetProperty("boards").EnumerateArray(), board =>
        {
            Assert.Equal(0, board.GetProperty("target").GetInt32());
            Assert.Equal(board.GetProperty("fits").GetBoolean(), board.GetProperty("sramMissingBytes").GetInt64() + board.GetProperty("flashMissingBytes").GetInt64() == 0);
        });
        Assert.Equal(["id", "name", "target", "staticRegionBytes", "flashBytes", "sramNeededBytes", "sramMissingBytes", "flashNeededBytes", "flashMissingBytes", "fits", "mayFit",
            "change", "shrink", "refusal"], json.GetProperty("boards")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Where_no_board_holds_it_the_exit_code_and_the_operators_say_so()
    {
        var builder = new ModelBuilder();
        ModelTensor wide = builder.Conv2D(builder.Input("x", [1, 64, 64, 4]), filters: 32, kernel: 1);
        builder.Output(builder.Conv2D(wide, filters: 1, kernel: 1));
        string model = directory.Write("wide.tflite", builder.Build());
        CommandRun run = CommandRun.InProcess("fit", model, "--filter", "bluepill", "--no-advice");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Contains("bluepill_f103c8 lacks ", run.Output, StringComparison.Ordinal);
        Assert.Contains("operator 0 CONV_2D by ", run.Output, StringComparison.Ordinal);
        Assert.Contains("operator 1 CONV_2D by ", run.Output, StringComparison.Ordinal);
        Assert.Contains("without other settings, at least", run.Output, StringComparison.Ordinal);
        JsonElement board = CommandRun.InProcess("fit", model, "--filter", "bluepill_f103c8_128k", "--no-advice", "--format", "json").Json.GetProperty("boards")[0];
        Assert.Equal(board.GetProperty("sramMissingBytes").GetInt64(), board.GetProperty("shrink")[0].GetProperty("byBytes").GetInt64());
        Assert.DoesNotContain("bluepill", CommandRun.InProcess("fit", model, "--fitting", "--no-advice", "--filter", "bluepill", "--filter", "giga").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_names_no_board_and_a_bad_model_are_errors()
    {
        string model = directory.Write("small.tflite", BuiltModels.Small().Build());
        CommandRun run = CommandRun.InProcess("fit", model, "--filter", "no such");
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("error TINY1003: no board has 'no such'", run.Error, StringComparison.Ordinal);
        run = CommandRun.InProcess("fit", model, directory.File("none.tflite"), "--format", "json");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("none.tflite : error TINY2010: ", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Keyword_spotting_is_asked_of_every_board_in_seconds()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        CommandRun run = CommandRun.InProcess("fit", SharedModels.Find("mlperf_kws.tflite"), "--format", "json");
        Assert.Equal(0, run.ExitCode);
        JsonElement.ArrayEnumerator boards = run.Json.GetProperty("boards").EnumerateArray();
        Assert.Contains(boards, board => board.GetProperty("fits").GetBoolean());
        Assert.Contains(boards, board => board.GetProperty("change").ValueKind == JsonValueKind.Object);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 120);
    }
}
