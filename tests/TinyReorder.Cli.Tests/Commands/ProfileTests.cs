using System.Text;
using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class ProfileTests : IDisposable
{
    private const string Mine = """{ "schema": 1, "id": "mine-1", "extends": "tflm-reference-90b983c", "kernels": "mine", "version": "of today", "operators": { "RELU": { "init": [4096], "source": "mine.cc" } } }""";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_profile_file_is_used_and_named_in_text_JSON_and_header()
    {
        string model = Model(), profile = directory.Write("mine.json", Encoding.UTF8.GetBytes(Mine));
        JsonElement arena = CommandRun.InProcess("analyze", model, "--profile", profile, "--format", "json").Json.GetProperty("arena");
        Assert.Equal(("mine", "mine-1"), (arena.GetProperty("kernels").GetString(), arena.GetProperty("profile").GetString()));
        Assert.True(arena.GetProperty("persistentBytes").GetInt64() > 4096);
        CommandRun run = CommandRun.InProcess("optimize", model, "--profile", profile, "-o", directory.File("out.tflite"), "--header", directory.Root);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains("profile mine-1", run.Output, StringComparison.Ordinal);
        Assert.Contains("mine kernels (mine-1: of today)", File.ReadAllText(directory.File("m.h")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "TINY3005")]
    [InlineData("""{ "schema": 1, "id": "x", "extends": "nothing", "kernels": "x", "version": "x", "operators": {} }""", "$.extends")]
    [InlineData("""{ "schema": 1, "id": "x", "extends": "tflm-reference-90b983c", "kernels": "x", "version": "x", "operators": { "RELU": { "init": [-1], "source": "x" } } }""", "$.operators.RELU.init[0]")]
    [InlineData(null, "TINY3005")]
    public void What_is_no_profile_is_bad_input(string? json, string named)
    {
        string profile = json is null ? directory.File("none.json") : directory.Write("bad.json", Encoding.UTF8.GetBytes(json));
        CommandRun run = CommandRun.InProcess("analyze", Model(), "--profile", profile);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(profile, run.Error, StringComparison.Ordinal);
        Assert.Contains(": error TINY3005: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    private string Model()
    {
        var model = new ModelBuilder();
        model.Output(model.Relu(model.Input("x", [1, 4, 4, 16])));
        return directory.Write("m.tflite", model.Build());
    }
}
