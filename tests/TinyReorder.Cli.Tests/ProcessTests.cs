using System.Reflection;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests;

/// <summary>The built tool as a process: what only shows there.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_version_is_the_packages()
    {
        CommandRun run = CommandRun.AsProcess("--version");
        string version = typeof(CommandLineTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal((ExitCode.Fine, version), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public void Paths_are_relative_to_the_current_directory_and_may_begin_with_an_at_sign()
    {
        directory.Write("@my model.tflite", BuiltModels.Small().Build());
        CommandRun run = CommandRun.AsProcess(directory.Root, ["optimize", "@my model.tflite", "-o", "out.tflite", "--header", ".", "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        Assert.Equal("@my model.tflite", run.Json.GetProperty("model").GetString());
        Assert.Equal(["@my model.tflite", "my_model.c", "my_model.h", "my_model_ops.h", "out.tflite"], directory.Files());
    }

    [Fact]
    public void Output_and_exit_code_are_those_of_the_run_in_process_in_any_locale()
    {
        string path = directory.Write("model.tflite", BuiltModels.Small().Build());
        string[] line = ["analyze", path, "--board", "nano33ble"];
        CommandRun expected = CommandRun.InProcess(terminalWidth: null, default, line);
        Assert.Equal(ExitCode.Fine, expected.ExitCode);
        Assert.Equal(expected, CommandRun.AsProcess(directory.Root, line, ("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")));
        Assert.DoesNotContain('\u001b', expected.Output);
    }

    [Fact]
    public void Bad_input_and_bad_usage_have_their_exit_codes()
    {
        Assert.Equal(ExitCode.BadInput, CommandRun.AsProcess("analyze", directory.File("no.tflite")).ExitCode);
        Assert.Equal(ExitCode.BadUsage, CommandRun.AsProcess("analyse").ExitCode);
    }
}
