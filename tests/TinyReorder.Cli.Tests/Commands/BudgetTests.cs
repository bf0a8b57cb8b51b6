using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>Budgets on the command line, and <c>compare --fail-if-grew</c>.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly string model, budget;

    public BudgetTests() => (model, budget) = (directory.Write("kws.tflite", Wide(8)), directory.File("sizes.json"));

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_budget_that_was_written_holds_until_the_model_grows()
    {
        Assert.Equal(0, CommandRun.InProcess("analyze", model, "--budget", budget, "--update-budget").ExitCode);
        string written = File.ReadAllText(budget);
        Assert.Equal(["arenaBytes", "flashBytes", "peakBytes", "peakOperator"],
            JsonDocument.Parse(written).RootElement.GetProperty("models").GetProperty("kws").EnumerateObject().Select(member => member.Name));
        Assert.Equal((0, ""), Outcome(CommandRun.InProcess("analyze", model, "--budget", budget)));

        directory.Write("kws.tflite", Wide(16));
        CommandRun grown = CommandRun.InProcess("analyze", model, "--budget", budget, "--format", "json");
        Assert.Equal(ExitCode.DoesNotFit, grown.ExitCode);
        Assert.StartsWith($"{model} : error TINY1009: grew beyond its budget in ", grown.Error, StringComparison.Ordinal);
        Assert.Contains("The peak is at operator ", grown.Error, StringComparison.Ordinal);
        Assert.Contains(grown.Json.GetProperty("diagnostics").EnumerateArray(), item => item.GetProperty("code").GetString() == "TINY1009");
        Assert.Equal(written, File.ReadAllText(budget));
    }

    [Fact]
    public void Optimize_writes_nothing_of_a_model_that_grew_and_knows_it_by_its_symbol()
    {
        Assert.Equal(0, CommandRun.InProcess("optimize", model, "--header", directory.File("out"), "--symbol", "word", "--budget", budget, "--update-budget").ExitCode);
        directory.Write("kws.tflite", Wide(16));
        string[] before = directory.Files();
        CommandRun grown = CommandRun.InProcess("optimize", model, "--header", directory.File("other"), "--symbol", "word", "--budget", budget);
        Assert.Equal(ExitCode.DoesNotFit, grown.ExitCode);
        Assert.Equal(before, directory.Files());
        CommandRun unknown = CommandRun.InProcess("optimize", model, "--header", directory.File("other"), "--budget", budget);
        Assert.Equal(0, unknown.ExitCode);
        Assert.Contains("warning TINY1009: has no entry \"kws\"", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_fit_its_board_is_no_budget()
    {
        directory.Write("kws.tflite", Wide(200));
        Assert.Equal(ExitCode.DoesNotFit, CommandRun.InProcess("analyze", model, "--board", "uno_r4_minima", "--budget", budget, "--update-budget").ExitCode);
        Assert.False(File.Exists(budget));
    }

    [Fact]
    public void A_budget_that_is_not_there_or_none_is_named()
    {
        CommandRun missing = CommandRun.InProcess("analyze", model, "--budget", budget);
        Assert.Equal(ExitCode.BadInput, missing.ExitCode);
        Assert.StartsWith($"{budget} : error TINY1010: there is no budget", missing.Error, StringComparison.Ordinal);
        File.WriteAllText(budget, "{\n \"schema\": 1,\n }");
        Assert.StartsWith($"{budget}(3,2): error TINY1010: ", CommandRun.InProcess("analyze", model, "--budget", budget).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess("analyze", model, "--update-budget").ExitCode);
        Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess("analyze", model, "--budget", "").ExitCode);
    }

    [Fact]
    public void A_depfile_names_the_budget()
    {
        File.WriteAllText(budget, """{ "schema": 1, "models": { "kws": {} } }""");
        string depfile = directory.File("kws.d");
        Assert.Equal(0, CommandRun.InProcess("optimize", model, "--header", directory.File("out"), "--budget", budget, "--depfile", depfile).ExitCode);
        Assert.Contains("sizes.json", File.ReadAllText(depfile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0%", ExitCode.DoesNotFit)]
    [InlineData("1000%", 0)]
    [InlineData("2147483647", 0)]
    [InlineData("some", ExitCode.BadUsage)]
    public void Compare_fails_where_the_second_model_grew(string tolerance, int exitCode)
    {
        string larger = directory.Write("large.tflite", Wide(16));
        CommandRun run = CommandRun.InProcess("compare", model, larger, "--fail-if-grew", tolerance);
        Assert.Equal(exitCode, run.ExitCode);
        if (exitCode != ExitCode.DoesNotFit)
            return;
        Assert.StartsWith($"{larger} : error TINY1009: grew beyond kws.tflite (tolerance 0%): arena ", run.Error, StringComparison.Ordinal);
        Assert.Contains("peak at", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.InProcess("compare", larger, model, "--fail-if-grew", tolerance).ExitCode);
        Assert.Equal(0, CommandRun.InProcess("compare", model, "--fail-if-grew", tolerance).ExitCode);
    }

    private static (int, string) Outcome(CommandRun run) => (run.ExitCode, run.Error);

    private static byte[] Wide(int channels)
    {
        var builder = new ModelBuilder();
        ModelTensor wide = builder.Conv2D(builder.Input("x", [1, 16, 16, 4]), filters: channels, kernel: 1);
        builder.Output(builder.Conv2D(wide, filters: 2, kernel: 1));
        return builder.Build();
    }
}
