using Microsoft.Build.Logging.StructuredLogger;
using Logged = Microsoft.Build.Logging.StructuredLogger.Task;

namespace TinyReorder.Tests.Harness;

/// <summary>One run of <c>dotnet build</c>, and what its binary log tells.</summary>
public sealed class BuildRun
{
    private readonly Lazy<IReadOnlyList<Logged>> tasks;
    private readonly Lazy<Build> build;

    public BuildRun(int exitCode, string output, string binaryLog)
    {
        ExitCode = exitCode;
        Output = output;
        build = new(() => BinaryLog.ReadBuild(binaryLog));
        tasks = new(() => build.Value.FindChildrenRecursive<Logged>().ToList());
    }

    public int ExitCode { get; }

    public string Output { get; }

    /// <summary>The models that the task worked on, in the order of the project.</summary>
    public IReadOnlyList<string> OptimizedModels => Work.Select(message => message[..message.LastIndexOf(": ", StringComparison.Ordinal)]).ToList();

    /// <summary>Why it did, in the same order.</summary>
    public IReadOnlyList<string> Reasons => Work.Select(message => message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]).ToList();

    /// <summary>How often the task ran: in an untouched project not at all.</summary>
    public int TaskRuns => Ours.Count();

    private IEnumerable<Logged> Ours => tasks.Value.Where(task => task.Name == "OptimizeTinyModels");

    private IEnumerable<string> Work => Ours.SelectMany(task => task.FindChildrenRecursive<Message>())
        .Where(message => message.Text.StartsWith("Optimizing ", StringComparison.Ordinal)).Select(message => message.Text["Optimizing ".Length..]);

    /// <summary>The tasks that MSBuild ran in a process of their own.</summary>
    public IReadOnlyList<string> TasksInHosts => build.Value.FindChildrenRecursive<Message>()
        .Where(message => message.Text.StartsWith("Launching task ", StringComparison.Ordinal) && message.Text.Contains("external task host"))
        .Select(message => message.Text.Split('"')[1]).Distinct().ToList();

    public bool RanTask(string name) => tasks.Value.Any(task => task.Name == name);

    /// <summary>The lines with an error or a warning, each once, without the project in brackets.</summary>
    public IReadOnlyList<string> Diagnostics => Output.Split('\n').Where(line => line.Contains(": error ") || line.Contains(": warning "))
        .Select(line => line.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and var at ? line[..at].Trim() : line.Trim()).Distinct().ToList();

    public BuildRun Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public BuildRun Fails()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }
}
