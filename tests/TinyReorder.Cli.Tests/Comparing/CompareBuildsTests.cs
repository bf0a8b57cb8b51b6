using TinyReorder.Cli.Tests.Running;
using TinyReorder.CompareBuilds;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Comparing;

/// <summary>tools/compare-builds: two builds that do the same, and stand-ins that do not.</summary>
public sealed class CompareBuildsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly string models;

    public CompareBuildsTests()
    {
        models = Directory.CreateDirectory(directory.File("models")).FullName;
        File.WriteAllBytes(Path.Combine(models, "a.tflite"), BuiltModels.Small(1).Build());
        File.WriteAllBytes(Path.Combine(models, "b.tflite"), BuiltModels.Small(2).Build());
    }

    private static string Tool => Path.Combine(AppContext.BaseDirectory, "tinyreorder.dll");

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_build_does_the_same_as_itself(bool startsProcesses)
    {
        const string optimize = "optimize --format json --header out --depfile out/d --stamp out/s", map = "map --csv map.csv --html \"my map.html\"";
        string sets = OptionSets("# what is compared", "", optimize, map);
        (int exitCode, string[] lines, string errors) = await Compare(Tool, Tool, models, "--options", sets, "--processes",
            startsProcesses ? "true" : "false");
        Assert.True(exitCode == CompareBuildsCommand.Same, string.Join('\n', [.. lines, errors]));
        Assert.Equal(["no difference in 4 pairs of runs (2 models, 2 option sets)", "exit codes of BEFORE: 0 in 4"], lines[..2]);
        Assert.Matches("^time: wall [0-9.]+ s -> [0-9.]+ s \\(x [0-9.]+\\), processor [0-9.]+ s -> [0-9.]+ s \\(x ([0-9.]+|-)\\)$", lines[2]);
    }

    [SkippableFact]
    public async Task Every_kind_of_difference_is_found_and_named()
    {
        string before = StandIn(
            "before",
            """{"arena": {"constantBytes": 100, "exact": true}, "subgraphs": [{"order": [0, 1, 2], "searchMilliseconds": 1}], "plans": []}""",
            "mkdir out; printf 'one\\ntwo\\n' > out/$name.h; printf 'a\\0b' > out/model; touch out/old; echo 'm : warning TINY3004: no' >&2");
        string after = StandIn(
            "after",
            """{"arena": {"constantBytes": 96, "exact": false, "more": 1}, "subgraphs": [{"order": [0, 2, 1], "searchMilliseconds": 2}], "plans": [{}]}""",
            "mkdir out; printf 'one\\n2\\n' > out/$name.h; printf 'a\\0c' > out/model; touch out/new; echo 'm : error TINY1001: no' >&2; exit 1");
        string sets = OptionSets("optimize --first", "optimize --second");

        (int exitCode, string[] lines, _) = await Compare(before, after, models, "--options", sets, "--jobs", "4");

        Assert.Equal(CompareBuildsCommand.Different, exitCode);
        string[] Expected(string model, string options) =>
        [
            $"{model}.tflite: optimize {options}",
            "  exit code: 0 -> 1",
            "  arena.constantBytes: '100' -> '96'",
            "  arena.exact: 'true' -> 'false'",
            "  arena.more: only AFTER",
            "  subgraphs[0].order: entry 1 is the first that differs, '1' -> '2', of 3 -> 3",
            "  plans: 0 -> 1 entries",
            "  diagnostics: only BEFORE: m : warning TINY3004: no",
            "  diagnostics: only AFTER: m : error TINY1001: no",
            $"  out/{model}.h: line 2 is the first that differs: 'two' -> '2'",
            "  out/model: byte 2 is the first that differs, of 3 -> 3 bytes",
            "  out/new: only AFTER",
            "  out/old: only BEFORE",
        ];
        string[] all = [.. Expected("a", "--first"), .. Expected("a", "--second"), .. Expected("b", "--first"), .. Expected("b", "--second")];
        Assert.Equal(all, lines[..all.Length]);
        Assert.Equal("4 pairs differ of 4 pairs of runs (2 models, 2 option sets)", lines[all.Length]);
        Assert.Contains("  arena.constantBytes: 4, lower in 4, higher in 0, sum 400 -> 384", lines);
        Assert.Contains("  diagnostics TINY3004 only BEFORE: 4", lines);
        Assert.Contains("  file out/NAME.h: 4", lines);
    }

    [SkippableFact]
    public async Task What_may_differ_can_be_ignored()
    {
        string before = StandIn("before", "arena 100", "echo 'version 1' > $name.h");
        string after = StandIn("after", "arena 100", "echo 'version 2' > $name.h; echo 2 > .$name.record");
        string sets = OptionSets("analyze");

        (int exitCode, string[] lines, _) = await Compare(before, after, models, "--options", sets, "--ignore", "^version .*$");
        Assert.Equal(CompareBuildsCommand.Different, exitCode);
        Assert.Equal(["a.tflite: analyze", "  .a.record: only AFTER", "b.tflite: analyze", "  .b.record: only AFTER"], lines[..4]);

        (exitCode, lines, _) = await Compare(before, after, models, "--options", sets, "--ignore", "^version .*$", "--ignore", "^\\.[ab]\\.record$");
        Assert.Equal(CompareBuildsCommand.Same, exitCode);
        Assert.Equal("no difference in 2 pairs of runs (2 models, 1 option sets)", lines[0]);
    }

    [SkippableFact]
    public async Task What_differs_in_one_of_two_tries_is_told_but_not_counted()
    {
        string before = StandIn("before", "same", "exit 0");
        string after = StandIn("after", "same", $"test -e '{directory.Root}/'ran-$name && exit 0; touch '{directory.Root}/'ran-$name; exit 1");
        (int exitCode, string[] lines, _) = await Compare(before, after, models, "--options", OptionSets("analyze"));
        Assert.Equal(CompareBuildsCommand.Same, exitCode);
        Assert.Equal(
            [
                "a.tflite: analyze", "  once of two tries: exit code: 0 -> 1", "b.tflite: analyze", "  once of two tries: exit code: 0 -> 1",
                "no difference in 2 pairs of runs (2 models, 1 option sets)", "2 pairs differed in something in one of two tries only, which is not counted",
            ],
            lines[..6]);
    }

    [Theory]
    [InlineData("there is no build", "no.dll")]
    [InlineData("there is no model to compare", "", "--limit", "10")]
    [InlineData("there is no 'nothing'", "", "nothing")]
    [InlineData("'(' ", "", "--ignore", "(")]
    [InlineData("'--no-such-option'", "", "--no-such-option")]
    public async Task What_cannot_be_compared_is_said(string message, string after, params string[] more)
    {
        (int exitCode, string[] lines, string errors) = await Compare([Tool, after.Length > 0 ? after : Tool, models, .. more]);
        Assert.Equal((CompareBuildsCommand.BadUsage, 0), (exitCode, lines.Length));
        Assert.StartsWith("compare-builds: ", errors, StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_option_sets_that_lie_beside_it_are_command_lines_of_the_tool()
    {
        IReadOnlyList<OptionSet> sets = OptionSet.ReadFile(Path.Combine(AppContext.BaseDirectory, "option-sets.txt"));
        Assert.Equal(sets.Count, sets.Select(set => set.Line).Distinct().Count());
        string model = Path.Combine(models, "a.tflite");
        // The last three are meant to be refused.
        Assert.All(sets.SkipLast(3), set =>
        {
            string[] line = [.. set.ArgumentsFor(model)];
            for (int i = 2; i < line.Length; i++)
            {
                if (line[i - 1] is "--header" or "-o" or "--csv" or "--svg" or "--html" or "--depfile" or "--stamp")
                    line[i] = directory.File(line[i]);
            }
            CommandRun run = CommandRun.InProcess(line);
            Assert.True(run.ExitCode is ExitCode.Fine or ExitCode.DoesNotFit, $"{set.Line}: {run.ExitCode} {run.Error}");
        });
        Assert.All(sets.TakeLast(3), set => Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess([.. set.ArgumentsFor(model)]).ExitCode));
    }

    private static async Task<(int ExitCode, string[] Lines, string Errors)> Compare(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exitCode = await CompareBuildsCommand.RunAsync(arguments, output, errors);
        return (exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), errors.ToString());
    }

    private string OptionSets(params string[] lines)
    {
        string path = directory.File("sets.txt");
        File.WriteAllLines(path, lines);
        return path;
    }

    /// <summary>A program that prints <paramref name="output"/> and does <paramref name="commands"/>, where name is the model's.</summary>
    private string StandIn(string name, string output, string commands)
    {
        Skip.If(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        string path = directory.File(name);
        File.WriteAllText(path, $"#!/bin/sh\nname=$(basename \"$2\" .tflite)\necho '{output}'\n{commands}\n");
#pragma warning disable CA1416 // skipped on Windows
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }
}
