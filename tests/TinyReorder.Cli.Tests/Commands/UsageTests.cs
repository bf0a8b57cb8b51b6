using System.Text.Json;
using TinyReorder.Cli.Tests.Running;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>What is wrong with the command line itself: exit code 3, one line an error, and the reduced object.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("tinyreorder --help")]
    [InlineData("Required argument 'MODEL' missing", "analyze")]
    [InlineData("'frob'", "frob")]
    [InlineData("no option '--bord'; nearest: --board", "analyze", "m.tflite", "--bord", "uno")]
    [InlineData("no option '--bord=uno'; nearest: --board", "analyze", "--bord=uno", "m.tflite")]
    [InlineData("no option '--bogus'", "analyze", "--bogus")]
    [InlineData("no option '-x'", "boards", "-x")]
    [InlineData("--order is 'bst', but must be one of: best, file", "analyze", "m.tflite", "--order", "bst")]
    [InlineData("--plan is 'online', but must be one of: auto, offline, device", "analyze", "m.tflite", "--plan", "online")]
    [InlineData("--overlap is 'inplace', but must be one of: none, in-place, diagonal", "analyze", "m.tflite", "--overlap", "inplace")]
    [InlineData("--format is 'xml', but must be one of: ", "boards", "--format", "xml")]
    [InlineData("'--board'", "analyze", "m.tflite", "--board")]
    [InlineData("'--board'", "analyze", "m.tflite", "--board", "uno", "--board", "uno")]
    [InlineData("'n.tflite'", "analyze", "m.tflite", "n.tflite")]
    [InlineData("'--output'", "optimize", "m.tflite")]
    [InlineData("--output names the model itself", "optimize", "m.tflite", "-o", "./m.tflite")]
    [InlineData("--output is empty", "optimize", "m.tflite", "-o", "")]
    [InlineData("'m.h' would be two files at once", "optimize", "m.tflite", "-o", "m.h", "--header", "")]
    [InlineData("Symbol \"3x\" is no C identifier", "optimize", "m.tflite", "-o", "o.tflite", "--header", "d", "--symbol", "3x")]
    [InlineData("--symbol is about the C files", "optimize", "m.tflite", "-o", "o.tflite", "--symbol", "kws")]
    [InlineData("--template is about the C files", "optimize", "m.tflite", "-o", "o.tflite", "--template", "t.sbn")]
    public void A_line_that_cannot_be_meant_is_refused(string expected, params string[] arguments)
    {
        CommandRun run = CommandRun.InProcess(arguments);
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.StartsWith("tinyreorder : error TINY5003: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void As_JSON_the_reduced_object_is_printed_too()
    {
        CommandRun run = CommandRun.InProcess("analyze", "m.tflite", "--order", "bst", "--format", "json");
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Equal(["schema", "model", "diagnostics"], run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, run.Json.GetProperty("schema").GetInt32());
        Assert.Equal("m.tflite", run.Json.GetProperty("model").GetString());
        JsonElement diagnostic = Assert.Single(run.Json.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(["code", "severity", "message", "subgraph", "operator"], diagnostic.EnumerateObject().Select(member => member.Name));
        Assert.Equal("TINY5003", diagnostic.GetProperty("code").GetString());
        Assert.Equal("error", diagnostic.GetProperty("severity").GetString());
        Assert.Equal(JsonValueKind.Null, diagnostic.GetProperty("subgraph").ValueKind);
        Assert.Contains("bst", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_model_the_reduced_object_says_so()
    {
        CommandRun run = CommandRun.InProcess("analyze", "--format=json");
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("model").ValueKind);
    }

    [Theory]
    [InlineData("analyze", "--board-file")]
    [InlineData("optimize", "-o build/kws.tflite --header build")]
    [InlineData("boards", "FILTER")]
    public void Help_explains_options_with_examples_and_exit_codes(string command, string expected)
    {
        CommandRun run = CommandRun.InProcess(command, "--help");
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 fine", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Completion_knows_commands_options_and_words()
    {
        Assert.Contains("analyze", CommandRun.InProcess("[suggest:4]", "anal").Output, StringComparison.Ordinal);
        Assert.Contains("in-place", CommandRun.InProcess("[suggest:27]", "analyze m.tflite --overlap ").Output, StringComparison.Ordinal);
        Assert.Contains("nano33ble", CommandRun.InProcess("[suggest:29]", "analyze m.tflite --board nano").Output, StringComparison.Ordinal);
    }
}
