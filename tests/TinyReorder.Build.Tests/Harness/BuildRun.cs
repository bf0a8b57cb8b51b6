using Microsoft.Build.Logging.StructuredLogger;
using Logged = Microsoft.Build.Logging.StructuredLogger.Task;

namespace TinyReorder.Tests.Harness;

/// <summary>One run of <c>dotnet build</c>, and what its binary log tells.</summary>
public sealed class BuildRun
{
    private readonly Lazy<IReadOnlyList<Logged>> tasks;

    public BuildRun(int exitCode, string output, string binaryLog)
    {
        ExitCode = exitCode;
        Output = output;
        tasks = new(() => Read(binaryLog));
    }

    public int ExitCode { get; }

    public string Output { get; }

    /// <summary>The models that the task worked on, in the order in which it did.</summary>
    public IReadOnlyList<string> OptimizedModels => tasks.Value.Where(task => task.Name == "OptimizeTinyModel").Select(ModelOf).ToList();

    public bool RanTask(string name) => tasks.Value.Any(task => task.Name == name);

    /// <summary>The lines with an error or a warning, each once, without the project in brackets.</summary>
    public IReadOnlyList<string> Diagnostics => Output.Split('\n').Where(line => line.Contains(" : error ") || line.Contains(" : warning "))
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

    private static List<Logged> Read(string binaryLog)
    {
        var found = new List<Logged>();
        BinaryLog.ReadBuild(binaryLog).VisitAllChildren<Logged>(found.Add);
        return found;
    }

    private static string ModelOf(Logged task)
    {
        string? model = null;
        task.VisitAllChildren<Parameter>(parameter => model ??= parameter.Name == "Model" ? parameter.Children.OfType<Item>().Single().Text : null);
        task.VisitAllChildren<Property>(property => model ??= property.Name == "Model" ? property.Value : null);
        return model ?? throw new InvalidOperationException("the log shows no Model of the task");
    }
}
