using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace TinyReorder.CompareBuilds.Running;

/// <summary>The process that a <see cref="HostedTool"/> talks to: it loads a build and runs its entry point for each line that it reads.</summary>
internal static class ToolHost
{
    /// <summary>The exit code of a process that an exception ended.</summary>
    private const int EndedByException = 134;

    /// <summary>
    /// Reads a folder and arguments as a list in JSON, one a line, and answers each with a <see cref="ToolRun"/>, until standard input ends.
    /// </summary>
    public static int Serve(string assembly)
    {
        MethodInfo main = new BuildLoadContext(assembly).LoadFromAssemblyPath(assembly).EntryPoint!;
        using var answers = new StreamWriter(Console.OpenStandardOutput());
        while (Console.In.ReadLine() is { } line)
        {
            string[] words = JsonSerializer.Deserialize<string[]>(line)!;
            answers.WriteLine(JsonSerializer.Serialize(Run(main, words[0], words[1..])));
            answers.Flush();
        }
        return 0;
    }

    private static ToolRun Run(MethodInfo main, string folder, string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string home = Directory.GetCurrentDirectory();
        Console.SetOut(output);
        Console.SetError(errors);
        Directory.SetCurrentDirectory(folder);
        TimeSpan before = ProcessorTime();
        var clock = Stopwatch.StartNew();
        int exitCode = Invoke(main, arguments, errors);
        var time = new RunTime(clock.Elapsed, ProcessorTime() - before);
        Directory.SetCurrentDirectory(home);
        return new ToolRun(exitCode, output.ToString(), errors.ToString(), time);
    }

    private static int Invoke(MethodInfo main, string[] arguments, StringWriter errors)
    {
        try
        {
            return main.Invoke(null, [arguments]) is int exitCode ? exitCode : 0;
        }
        catch (TargetInvocationException e)
        {
            errors.WriteLine(e.InnerException);
            return EndedByException;
        }
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
