using System.Diagnostics;
using System.Text.Json;

namespace TinyReorder.CompareBuilds.Running;

/// <summary>A build whose runs share a process, a <see cref="ToolHost"/>: compiling the tool at each start would take most of the time.</summary>
internal sealed class HostedTool(string assembly) : RunningTool(assembly)
{
    /// <summary>The first argument of this program as host; the second is the build.</summary>
    public const string HostArgument = "--host";

    private Process? host;
    private Task<string> hostErrors = Task.FromResult("");

    public override void Dispose() => End();

    protected override async Task<ToolRun> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        Process running = host ??= Start();
        await running.StandardInput.WriteLineAsync(JsonSerializer.Serialize<string[]>([folder, .. arguments]));
        await running.StandardInput.FlushAsync(cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Longest);
        string? answer;
        try
        {
            answer = await running.StandardOutput.ReadLineAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            End();
            cancellation.ThrowIfCancellationRequested();
            return new ToolRun(TookTooLong, "", "took too long", new RunTime(Longest, Longest));
        }
        return answer is not null ? JsonSerializer.Deserialize<ToolRun>(answer)! : await CrashedAsync(running, cancellation);
    }

    private async Task<ToolRun> CrashedAsync(Process crashed, CancellationToken cancellation)
    {
        await crashed.WaitForExitAsync(cancellation);
        var run = new ToolRun(crashed.ExitCode, "", await hostErrors, RunTime.None);
        End();
        return run;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { typeof(ToolHost).Assembly.Location, HostArgument, Build })
            start.ArgumentList.Add(argument);
        Process started = Process.Start(start)!;
        hostErrors = started.StandardError.ReadToEndAsync();
        return started;
    }

    private void End()
    {
        if (host is null)
            return;
        // It may have ended by itself.
        if (!host.HasExited)
            host.Kill(entireProcessTree: true);
        host.Dispose();
        host = null;
    }
}
