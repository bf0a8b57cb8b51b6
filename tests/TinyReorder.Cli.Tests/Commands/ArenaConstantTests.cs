using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class ArenaConstantTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Margin_and_shared_variables_are_in_the_constant_and_not_in_the_arena()
    {
        JsonElement plain = Arena(), more = Arena("--arena-margin", "10%", "--resource-variables", "shared");
        long arena = plain.GetProperty("arenaBytes").GetInt64(), variables = plain.GetProperty("resourceVariableBytes").GetInt64();
        Assert.True(variables > 0);
        Assert.Equal(arena, plain.GetProperty("constantBytes").GetInt64());
        Assert.Equal((arena, variables), (more.GetProperty("arenaBytes").GetInt64(), more.GetProperty("resourceVariableBytes").GetInt64()));
        Assert.Equal("shared", more.GetProperty("resourceVariables").GetString());
        Assert.InRange(more.GetProperty("marginBytes").GetInt64(), (arena + variables) / 10, ((arena + variables) / 10) + 16);
        Assert.Equal(arena + variables + more.GetProperty("marginBytes").GetInt64(), more.GetProperty("constantBytes").GetInt64());
    }

    [Fact]
    public void The_header_has_the_constant_with_the_margin()
    {
        CommandRun run = CommandRun.InProcess("optimize", Model("ADD"), "-o", directory.File("out.tflite"), "--header", directory.Root, "--arena-margin",
            "4096", "--abi", "short-enums");
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        string header = File.ReadAllText(directory.File("m.h"));
        Assert.Contains("The other 4,096 B are a margin.", header, StringComparison.Ordinal);
        Assert.Contains($"#define M_TENSOR_ARENA_SIZE {Arena().GetProperty("arenaBytes").GetInt64() + 4096}\n", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_margin_is_bad_usage()
    {
        CommandRun run = CommandRun.InProcess("analyze", Model("ADD"), "--arena-margin", "a lot");
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("TINY5003: --arena-margin is 'a lot'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_refuses_what_the_interpreter_would()
    {
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess("analyze", Model("TILE")).ExitCode);
        CommandRun run = CommandRun.InProcess("optimize", Model("TILE"), "--strict", "-o", directory.File("out.tflite"), "--format", "json");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("error TINY3004", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            run.Json.GetProperty("diagnostics").EnumerateArray(),
            diagnostic => diagnostic.GetProperty("code").GetString() == "TINY3004" && diagnostic.GetProperty("severity").GetString() == "error");
        Assert.False(File.Exists(directory.File("out.tflite")));
    }

    private JsonElement Arena(params string[] options) =>
        CommandRun.InProcess(["analyze", Model("ADD"), "--abi", "short-enums", "--format", "json", .. options]).Json.GetProperty("arena");

    private string Model(string kind)
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [1, 16]), handle = model.VarHandle("state"), before = model.ReadVariable(handle, [1, 16]);
        model.AssignVariable(handle, model.Add(x, before));
        model.Output(kind == "TILE" ? model.Operator("TILE", [x, model.Int32s("multiples", 1, 2)], [1, 32]) : model.Relu(before));
        return directory.Write("m.tflite", model.Build());
    }
}
