using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class OptimizeTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_written_model_has_the_best_order_as_its_own()
    {
        string model = WriteBranches(), output = directory.File(Path.Combine("new", "out.tflite"));
        CommandRun run = CommandRun.InProcess("optimize", model, "-o", output, "--runtime", "none", "--format", "json");
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        (long before, long after) = Peaks(run);
        Assert.True(after < before, $"{before} to {after}");
        Assert.Equal((after, after), Peaks(CommandRun.InProcess("analyze", output, "--runtime", "none", "--order", "file", "--format", "json")));
        Assert.Equal([Path.Combine("new", "out.tflite"), "two branches.tflite"], directory.Files());
    }

    [Fact]
    public void The_files_order_is_kept_on_request()
    {
        string model = WriteBranches(), output = directory.File("out.tflite");
        Assert.Equal(ExitCode.Fine,
            CommandRun.InProcess("optimize", model, "-o", output, "--runtime", "none", "--order", "file", "--plan", "device").ExitCode);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(output));
    }

    [Fact]
    public void C_files_are_written_on_request_and_named_after_the_symbol()
    {
        string model = WriteBranches();
        string[] line = ["optimize", model, "-o", directory.File("out.tflite"), "--header", directory.File("generated")];
        CommandRun run = CommandRun.InProcess(line);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        Assert.Equal(["generated/two_branches.c", "generated/two_branches.h", "generated/two_branches_ops.h", "out.tflite", "two branches.tflite"],
            directory.Files().Select(name => name.Replace('\\', '/')));
        Assert.Contains("g_two_branches_model", File.ReadAllText(directory.File("generated/two_branches.h")), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Fine, CommandRun.InProcess([.. line, "--symbol", "kws"]).ExitCode);
        Assert.Contains("kKwsTensorArenaSize", File.ReadAllText(directory.File("generated/kws.h")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_whose_content_stays_are_not_touched()
    {
        string[] line = ["optimize", WriteBranches(), "-o", directory.File("out.tflite"), "--header", directory.Root];
        Assert.Contains("written    " + directory.File("out.tflite"), CommandRun.InProcess(line).Output, StringComparison.Ordinal);
        var old = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        string[] files = directory.Files();
        foreach (string file in files)
            File.SetLastWriteTimeUtc(directory.File(file), old);
        Assert.Contains("unchanged  " + directory.File("out.tflite"), CommandRun.InProcess(line).Output, StringComparison.Ordinal);
        Assert.Equal(files, directory.Files());
        Assert.All(files, file => Assert.Equal(old, File.GetLastWriteTimeUtc(directory.File(file))));
    }

    [Fact]
    public void The_model_itself_is_no_output_under_any_name()
    {
        string model = WriteBranches(), link = directory.File("link.tflite");
        byte[] before = File.ReadAllBytes(model);
        File.CreateSymbolicLink(link, model);
        foreach (string output in new[] { model, link, Path.Combine(directory.Root, ".", Path.GetFileName(model)) })
        {
            CommandRun run = CommandRun.InProcess("optimize", model, "-o", output);
            Assert.Equal(ExitCode.BadUsage, run.ExitCode);
            Assert.Contains("error TINY5003: --output names the model itself", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(before, File.ReadAllBytes(model));
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_one_error()
    {
        string model = WriteBranches();
        CommandRun run = CommandRun.InProcess("optimize", model, "-o", Path.Combine(model, "out.tflite"));
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("error TINY5006: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["two branches.tflite"], directory.Files());
    }

    [Fact]
    public void A_bad_template_writes_nothing()
    {
        string template = directory.Write("bad.sbn", "{{ if }"u8.ToArray());
        CommandRun run = CommandRun.InProcess("optimize", WriteBranches(), "-o", directory.File("out.tflite"), "--header", directory.Root, "--template",
            template);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(template + "(1", run.Error, StringComparison.Ordinal);
        Assert.Contains("error TINY5005: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["bad.sbn", "two branches.tflite"], directory.Files());
    }

    [Fact]
    public void A_template_of_Handlebars_is_refused_with_the_new_syntax_beside_the_old()
    {
        string template = directory.Write("old.hbs", "{{symbol}} {{#if board}}{{board}}{{/if}}"u8.ToArray());
        CommandRun run = CommandRun.InProcess("optimize", WriteBranches(), "-o", directory.File("out.tflite"), "--header", directory.Root, "--template",
            template);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(template + "(1,12): error TINY5014: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("{{ if board }} {{ else }} {{ end }} for {{#if board}} {{else}} {{/if}}", run.Error, StringComparison.Ordinal);
        Assert.Equal(["old.hbs", "two branches.tflite"], directory.Files());
    }

    [Fact]
    public void An_interrupt_writes_nothing_and_is_told_by_the_exit_code()
    {
        CommandRun run = CommandRun.InProcess(terminalWidth: null, new CancellationToken(canceled: true), "optimize", WriteBranches(), "-o",
            directory.File("out.tflite"));
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal(["two branches.tflite"], directory.Files());
    }

    private static (long Default, long Best) Peaks(CommandRun run)
    {
        System.Text.Json.JsonElement subgraph = run.Json.GetProperty("subgraphs")[0];
        return (subgraph.GetProperty("defaultPeakBytes").GetInt64(), subgraph.GetProperty("peakBytes").GetInt64());
    }

    /// <summary>A model that opens both of its branches before it closes one.</summary>
    private string WriteBranches()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 8, 8, 4]);
        ModelTensor wideLeft = b.Conv2D(x, filters: 32, kernel: 3), wideRight = b.Conv2D(x, filters: 32, kernel: 3);
        ModelTensor left = b.MaxPool(wideLeft, kernel: 4, stride: 4), right = b.MaxPool(wideRight, kernel: 4, stride: 4);
        b.Output(b.Add(left, right));
        return directory.Write("two branches.tflite", b.Build());
    }
}
