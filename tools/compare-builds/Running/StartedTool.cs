using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TinyReorder.CompareBuilds.Running;

/// <summary>A build of which each run is a process.</summary>
/// <param name="program">The program to start.</param>
/// <param name="assembly">The assembly that it runs; null where it is the tool itself.</param>
internal sealed partial class StartedTool(string program, string? assembly) : RunningTool(assembly ?? program)
{
    // A shell is the one that can say what processor time a child took that has ended: "times" prints it in its second line.
    private const string Shell = "\"$@\"; code=$?; times > \"$0\"; exit $code";

    public override void Dispose()
    {
    }

    protected override async Task<ToolRun> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        string timesFile = folder + ".times";
        bool hasShell = !OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(hasShell ? "/bin/sh" : program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] shell = hasShell ? ["-c", Shell, timesFile, program] : [], run = assembly is null ? [] : [assembly];
        foreach (string argument in shell.Concat(run).Concat(arguments))
            start.ArgumentList.Add(argument);
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), errors = process.StandardError.ReadToEndAsync(cancellation);
        bool ended = await WaitAsync(process, cancellation);
        TimeSpan wall = clock.Elapsed;
        string[] times = File.Exists(timesFile) ? await File.ReadAllLinesAsync(timesFile, cancellation) : [];
        TimeSpan processor = !hasShell ? process.TotalProcessorTime : times.Length > 1 ? OfChildren(times[1]) : TimeSpan.Zero;
        return new ToolRun(ended ? process.ExitCode : TookTooLong, await output, await errors, new RunTime(wall, processor));
    }

    private static async Task<bool> WaitAsync(Process process, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Longest);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static TimeSpan OfChildren(string line) =>
        TimeSpan.FromSeconds(MinutesAndSeconds().Matches(line).Sum(time => 60 * Number(time.Groups[1]) + Number(time.Groups[2])));

    private static double Number(Group digits) => double.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("([0-9]+)m([0-9.]+)s")]
    private static partial Regex MinutesAndSeconds();
}
