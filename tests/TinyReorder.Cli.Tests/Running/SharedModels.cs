namespace TinyReorder.Cli.Tests.Running;

/// <summary>Real models, which the repository does not hold: beside it in ../shared/models, or where TINYREORDER_MODELS says.</summary>
public static class SharedModels
{
    private static readonly string Root = Environment.GetEnvironmentVariable("TINYREORDER_MODELS") is { Length: > 0 } named
        ? named
        : Path.Combine(RepositoryRoot(), "..", "shared", "models");

    /// <summary>What is known of each subgraph; empty without the models.</summary>
    public static IReadOnlyList<ExpectedPeaks> Expected { get; } = ReadExpected();

    /// <summary>The names of the models in the table, for theories; one that does not exist where there are none, so that the theory is skipped with the reason.</summary>
    public static TheoryData<string> Names => [.. Expected.Select(row => row.Model).Distinct().DefaultIfEmpty("none.tflite")];

    /// <summary>The path of a model; skips the test where it is missing.</summary>
    public static string Find(string name)
    {
        string path = Path.Combine(Root, name);
        Skip.IfNot(File.Exists(path), $"{name} is not in {Root}; set TINYREORDER_MODELS to the directory of the real models");
        return path;
    }

    private static ExpectedPeaks[] ReadExpected()
    {
        string table = Path.Combine(Root, "expected.tsv");
        return File.Exists(table) ? File.ReadLines(table).Skip(1).Select(ExpectedPeaks.Parse).ToArray() : [];
    }

    private static string RepositoryRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "TinyReorder.Build.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new DirectoryNotFoundException("The tests do not run inside of the repository.");
    }
}
