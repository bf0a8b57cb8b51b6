using System.ComponentModel;
using System.Diagnostics;

namespace TinyReorder.Tests.Shared;

/// <summary>Programs that tests run.</summary>
internal static class ProgramRunner
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end, or kills it when it takes longer than tests should.</summary>
    /// <exception cref="Win32Exception">The program is not there.</exception>
    /// <exception cref="TimeoutException">It was killed.</exception>
    public static (int ExitCode, string Output, string Errors) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} runs for more than {Longest}");
        }
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
