using System.Diagnostics;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>A folder in which compilers are run; where one is missing the test says so and is skipped.</summary>
internal sealed class CompilerFolder : IDisposable
{
    /// <summary>Every warning that matters, as an error.</summary>
    public const string Strict = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror";

    public string Path { get; } = Directory.CreateTempSubdirectory("tinyreorder-compile-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Runs a program that was built here.</summary>
    public string RunBuilt(string program) => Run(System.IO.Path.Combine(Path, program), "");

    public string Run(string command, string arguments)
    {
        (int exitCode, string output, string errors) = Start(command, arguments);
        Assert.True(exitCode == 0, $"{command} {arguments}\n{errors}");
        return output;
    }

    public (int ExitCode, string Output, string Errors) Start(string command, string arguments)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, $"{command} is not installed");
        }
        using (process)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
    }
}
