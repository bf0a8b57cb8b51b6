using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>The JSON contract: members, their order and what they hold.</summary>
public sealed partial class AnalyzeJsonTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Members_have_the_names_and_the_order_of_the_contract()
    {
        JsonElement json = Analyze(out _, "--board", "nano33ble");
        Assert.Equal(["schema", "model", "sha256", "bytes", "subgraphs", "arena", "plans", "board", "diagnostics"], Names(json));
        Assert.Equal(
            ["index", "name", "operators", "defaultPeakBytes", "peakBytes", "lowerBoundBytes", "proven", "order", "searchMilliseconds"],
            Names(json.GetProperty("subgraphs")[0]));
        Assert.Equal(
            ["runtime", "kernels", "profile", "plan", "plannedBytes", "scratchBytes", "persistentBytes", "plannerBytes", "arenaBytes", "exact",
                "profileVersion", "resourceVariableBytes", "resourceVariables", "marginBytes", "constantBytes", "nonPersistentConstantBytes",
                "persistentConstantBytes", "overlap", "peakBytes",
                "library", "abi", "otherTargetBytes", "resourceVariableCount", "resourceVariableArenaBytes", "usedBytes", "measured", "lendableBytes"],
            Names(json.GetProperty("arena")));
        Assert.All(
            json.GetProperty("plans").EnumerateArray(),
            plan => Assert.Equal(["order", "plan", "overlap", "plannedBytes", "scratchBytes", "arenaBytes", "peakBytes"], Names(plan)));
        Assert.Equal(
            ["id", "name", "staticRegionBytes", "flashBytes", "reservedSramBytes", "reservedFlashBytes", "fits", "arenaRegion", "arenaRegionBytes",
                "persistentRegion", "persistentRegionBytes"],
            Names(json.GetProperty("board")));
    }

    [Fact]
    public void The_file_is_named_as_given_with_its_bytes_and_their_hash()
    {
        JsonElement json = Analyze(out string path);
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(1, json.GetProperty("schema").GetInt32());
        Assert.Equal(path, json.GetProperty("model").GetString());
        Assert.Equal(bytes.Length, json.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(), json.GetProperty("sha256").GetString());
    }

    [Fact]
    public void Without_a_board_the_board_is_null() => Assert.Equal(JsonValueKind.Null, Analyze(out _).GetProperty("board").ValueKind);

    [Fact]
    public void The_board_is_found_by_its_alias_and_shown_by_its_id()
    {
        JsonElement board = Analyze(out _, "--board", "RP2040", "--reserved-sram", "1000", "--reserved-flash", "2000").GetProperty("board");
        Assert.Equal("rpipico", board.GetProperty("id").GetString());
        Assert.Equal(262_144, board.GetProperty("staticRegionBytes").GetInt64());
        Assert.Equal(1000, board.GetProperty("reservedSramBytes").GetInt64());
        Assert.Equal(2000, board.GetProperty("reservedFlashBytes").GetInt64());
        Assert.True(board.GetProperty("fits").GetBoolean());
    }

    [Fact]
    public void Without_a_runtime_the_arena_is_the_plan()
    {
        JsonElement arena = Analyze(out _, "--runtime", "none").GetProperty("arena");
        Assert.Equal("none", arena.GetProperty("runtime").GetString());
        Assert.Equal(0, arena.GetProperty("scratchBytes").GetInt64());
        Assert.Equal(0, arena.GetProperty("persistentBytes").GetInt64());
        Assert.Equal(arena.GetProperty("plannedBytes").GetInt64(), arena.GetProperty("arenaBytes").GetInt64());
    }

    [Theory]
    [InlineData("device")]
    [InlineData("offline")]
    public void The_arena_is_that_of_the_plan_asked_for_and_among_the_plans(string plan)
    {
        JsonElement json = Analyze(out _, "--plan", plan, "--kernels", "reference");
        JsonElement arena = json.GetProperty("arena");
        Assert.Equal(plan, arena.GetProperty("plan").GetString());
        Assert.Contains(
            json.GetProperty("plans").EnumerateArray(),
            row => row.GetProperty("plan").GetString() == plan && row.GetProperty("order").GetString() == "best"
                && row.GetProperty("arenaBytes").GetInt64() == arena.GetProperty("arenaBytes").GetInt64());
    }

    [Fact]
    public void Two_runs_differ_in_nothing_but_the_time_of_the_search()
    {
        string path = WriteModel();
        string[] outputs = [.. Enumerable.Range(0, 2)
            .Select(_ => SearchTime().Replace(CommandRun.InProcess("analyze", path, "--format", "json").Output, "0"))];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Contains("\"searchMilliseconds\": 0", outputs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_characters_are_ASCII_and_lines_end_with_LF()
    {
        string path = directory.Write("modèle 模型 'q'.tflite", BuiltModels.Small().Build());
        CommandRun run = CommandRun.InProcess("analyze", path, "--format", "json");
        Assert.Equal(path, run.Json.GetProperty("model").GetString());
        Assert.True(Ascii.IsValid(run.Output));
        Assert.DoesNotContain('\r', run.Output);
        Assert.EndsWith("}\n", run.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<=\"searchMilliseconds\": )[0-9.E-]+")]
    private static partial Regex SearchTime();

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    private string WriteModel() => directory.Write("model with space.tflite", BuiltModels.Small().Build());

    private JsonElement Analyze(out string path, params string[] options)
    {
        path = WriteModel();
        CommandRun run = CommandRun.InProcess(["analyze", path, .. options, "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        return run.Json;
    }
}
