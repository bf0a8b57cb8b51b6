using System.Diagnostics;
using System.Text.Json;
using TinyReorder.Cli.Consoles;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Running;

/// <summary>What a run of the tool gave.</summary>
public sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Names an executable of the tool that takes the place of the one that was built with the tests.</summary>
    public const string ToolVariable = "TINYREORDER_TOOL";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The executable that <see cref="ToolVariable"/> names, or null.</summary>
    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable(ToolVariable) is { Length: > 0 } path ? Path.GetFullPath(path, RepositoryFiles.Root) : null;

    /// <summary>How a depfile names the tool itself.</summary>
    public static string[] ToolFiles => Executable is null ? ["tinyreorder.dll", "TinyReorder.Core.dll"] : [Path.GetFileName(Executable)];

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Runs the tool inside the test's process; where <see cref="ToolVariable"/> names an executable, that.</summary>
    public static CommandRun InProcess(params string[] arguments) =>
        Executable is null ? InProcess(terminalWidth: null, default, arguments) : AsProcess(arguments);

    /// <summary>Runs the tool inside the test's process, as if on a terminal of that width.</summary>
    public static CommandRun InProcess(int? terminalWidth, CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CommandLineTool.Run(arguments, new CommandContext(output, error, terminalWidth, cancellation));
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the built tool as a process of its own.</summary>
    public static CommandRun AsProcess(params string[] arguments) => AsProcess(Directory.GetCurrentDirectory(), arguments);

    /// <summary>Runs the built tool as a process of its own in a directory.</summary>
    public static CommandRun AsProcess(string directory, string[] arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(directory, arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException("The tool did not end: " + string.Join(' ', arguments));
        }
        return new CommandRun(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the built tool as a process of its own; the caller ends it.</summary>
    public static Process Start(string directory, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Executable ?? "dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Executable is null)
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tinyreorder.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
