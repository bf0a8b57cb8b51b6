using System.Diagnostics;
using System.Globalization;

namespace TinyReorder.Fuzz.Running;

/// <summary>Runs a mutant again in a process whose heap ends at the limit.</summary>
internal static class SmallHeap
{
    /// <summary>Whether <see cref="Program"/> with these arguments ends well there.</summary>
    public static bool Suffices(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments.Prepend(typeof(SmallHeap).Assembly.Location))
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = Fuzzer.MostBytes.ToString("X", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Task.WaitAll(output, error);
        return process.ExitCode == 0;
    }
}
