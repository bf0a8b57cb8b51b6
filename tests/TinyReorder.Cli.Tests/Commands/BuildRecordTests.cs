using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary><c>--depfile</c> and <c>--stamp</c> of <c>optimize</c>; what make and ninja make of them is tested with make and ninja.</summary>
public sealed class BuildRecordTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public BuildRecordTests()
    {
        directory.Write("m.tflite", BuiltModels.Small().Build());
        Directory.CreateDirectory(directory.File("t"));
        directory.Write("t/header.sbn", "x"u8.ToArray());
        directory.Write("b.json", "{\"boards\":[]}"u8.ToArray());
        directory.Write("p #1.json", File.ReadAllBytes(RepositoryFiles.PathOf("src", "TinyReorder.Core", "Runtimes", "tflm-reference-90b983c.json")));
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_depfile_names_all_that_was_read_as_it_was_given()
    {
        Run("m.tflite", "--header", ".", "-o", "o $1.tflite", "--depfile", "m.d", "--template", "t", "--board-file", "b.json", "--profile", "p #1.json");
        string[] rules = File.ReadAllText(directory.File("m.d")).Split("\n\n");
        string[] words = rules[0].Split(" \\\n  ");
        Assert.Equal("./m.c ./m.h ./m_ops.h o\\ $$1.tflite:", words[0]);
        Assert.Equal(["m.tflite", "b.json", "p\\ \\#1.json", "t/header.sbn", "t"], words[1..6]);
        // And the tool itself, which the next version replaces.
        Assert.Equal(CommandRun.ToolFiles, words[6..].Select(Path.GetFileName));
        Assert.Equal(words[1..].Select(word => word + ":"), rules[1..].Select(rule => rule.Trim()));
    }

    [Fact]
    public void A_stamp_is_the_depfiles_target_and_as_old_as_the_runs_start()
    {
        string stamp = directory.File("m.stamp");
        DateTime before = DateTime.UtcNow;
        Run("m.tflite", "--header", ".", "--depfile", "m.d", "--stamp", "m.stamp");
        Assert.StartsWith("m.stamp: \\\n", File.ReadAllText(directory.File("m.d")), StringComparison.Ordinal);
        Assert.InRange(File.GetLastWriteTimeUtc(stamp), before.AddMilliseconds(-1), File.GetLastWriteTimeUtc(directory.File("m.h")));

        File.SetLastWriteTimeUtc(directory.File("m.c"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        before = DateTime.UtcNow;
        Run("m.tflite", "--header", ".", "--depfile", "m.d", "--stamp", "m.stamp");
        Assert.Equal(2001, File.GetLastWriteTimeUtc(directory.File("m.c")).Year);
        Assert.True(File.GetLastWriteTimeUtc(stamp) >= before.AddMilliseconds(-1));
        Assert.Equal(0, new FileInfo(stamp).Length);
    }

    [Theory]
    [InlineData("a;b.tflite", ";")]
    [InlineData("a=b.tflite", "=")]
    [InlineData("a(b).tflite", "(")]
    [InlineData("a'b.tflite", "'")]
    [InlineData("a*.tflite", "*")]
    public void Names_that_make_and_ninja_do_not_both_read_are_refused(string name, string character)
    {
        directory.Write(name, BuiltModels.Small().Build());
        CommandRun run = InDirectory("optimize", name, "--header", "out", "--symbol", "m", "--depfile", "m.d");
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains($"--depfile cannot name '{name}': make and ninja have no common way to write '{character}'", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.File("out")));
        Assert.Equal(ExitCode.Fine, InDirectory("optimize", name, "--header", "out", "--symbol", "m", "--stamp", "m.stamp").ExitCode);
    }

    [Theory]
    [InlineData("--depfile", "m.tflite")]
    [InlineData("--depfile", "m.h")]
    [InlineData("--stamp", "b.json")]
    [InlineData("--stamp", "")]
    public void A_record_replaces_no_other_file(string option, string path)
    {
        CommandRun run = InDirectory("optimize", "m.tflite", "--header", ".", "--board-file", "b.json", option, path);
        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("TINY5003: " + option, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.File("m.c")));
    }

    [Fact]
    public void A_run_that_writes_nothing_records_nothing()
    {
        CommandRun run = InDirectory("optimize", "m.tflite", "--header", ".", "--depfile", "m.d", "--stamp", "m.stamp", "--board", "uno", "--runtime", "none",
            "--reserved-sram", "2048");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.DoesNotContain(directory.Files(), name => name.StartsWith("m.", StringComparison.Ordinal) && name != "m.tflite");
    }

    [Fact]
    public void Diagnostics_have_the_form_that_readers_of_compilers_know()
    {
        CommandRun run = InDirectory("analyze", "m.tflite", "--board", "uno", "--runtime", "none", "--reserved-sram", "2048", "--diagnostics", "gcc");
        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Matches(@"(?m)^m\.tflite:1:1: error: needs .* \[TINY1001\]$", run.Error);
        Assert.Matches(@"(?m)^no\.tflite:1:1: error: .* \[TINY2010\]$", InDirectory("analyze", "no.tflite", "--diagnostics=gcc").Error);
        Assert.Matches(@"(?m)^tinyreorder: error: .* \[TINY5003\]$", InDirectory("analyze", "m.tflite", "--diagnostics", "gcc", "--bogus").Error);
        Assert.Contains("--diagnostics is 'clang', but must be one of: ", InDirectory("analyze", "m.tflite", "--diagnostics", "clang").Error,
            StringComparison.Ordinal);
    }

    private void Run(params string[] arguments)
    {
        CommandRun run = InDirectory(["optimize", .. arguments]);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
    }

    private CommandRun InDirectory(params string[] arguments) => CommandRun.AsProcess(directory.Root, arguments);
}
