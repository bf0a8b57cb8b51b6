using System.Globalization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>Real models with what an independent solver found for them; tests skip where they are missing.</summary>
internal static class SharedModels
{
    private const string None = "(no models)";

    private static readonly string Folder = Environment.GetEnvironmentVariable("TINYREORDER_MODELS") is { Length: > 0 } named ? named : RepositoryFiles.PathOf("..", "shared", "models");

    /// <summary>The rows of expected.tsv, one for each subgraph with operators.</summary>
    public static IReadOnlyList<ExpectedSubgraph> Expected { get; } = Read();

    public static TheoryData<string> Names => [.. Expected.Select(row => row.Model).Distinct().DefaultIfEmpty(None)];

    /// <summary>Reads a model, or skips the test.</summary>
    public static TfliteModel Load(string name)
    {
        string path = Path.Combine(Folder, name);
        Skip.IfNot(File.Exists(path), $"{path} is not there; TINYREORDER_MODELS names the folder of the real models");
        return TfliteModel.Load(File.ReadAllBytes(path), name);
    }

    public static IReadOnlyList<ExpectedSubgraph> Of(string model) => Expected.Where(row => row.Model == model).ToArray();

    private static ExpectedSubgraph[] Read()
    {
        string table = Path.Combine(Folder, "expected.tsv");
        return File.Exists(table) ? File.ReadLines(table).Skip(1).Select(line => line.Split('\t')).Select(Row).ToArray() : [];
    }

    private static ExpectedSubgraph Row(string[] fields)
    {
        long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
        return new ExpectedSubgraph(fields[0], (int)Number(1), Number(4), Number(5), Number(6), Number(7), Number(11));
    }
}
