using System.Diagnostics;

namespace TinyReorder.Native.Tests.Harness;

/// <summary>Runs other people's programs; a test that needs one which is not installed is skipped and says so.</summary>
public static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Skips the test where a program is missing.</summary>
    public static void Need(params string[] programs)
    {
        foreach (string program in programs)
            Skip.If(Find(program) is null, $"{program} is not installed (.ci/run does)");
    }

    /// <summary>Runs a program to its end; its two outputs in one text.</summary>
    public static ProgramRun Run(string directory, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Find(program) ?? program)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // Quiet, in English, without the settings of a make that may have started the tests.
        foreach ((string name, string value) in new[] { ("LC_ALL", "C.UTF-8"), ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("DOTNET_TieredPGO", "0"), ("MSBUILDDISABLENODEREUSE", "1"), ("MAKEFLAGS", "") })
            start.Environment[name] = value;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} does not end");
        }
        return new ProgramRun(process.ExitCode, output.Result + error.Result);
    }

    private static string? Find(string program) => program.Contains('/', StringComparison.Ordinal)
        ? program
        : Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
