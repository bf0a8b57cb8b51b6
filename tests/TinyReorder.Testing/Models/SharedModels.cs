using System.Globalization;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Real models with what an independent solver found for them; tests skip where they are missing.</summary>
internal static class SharedModels
{
    private const string None = "(no models)";

    private static readonly string[] LongSearches =
    [
        "arm_lstm_unrolled.tflite", "gap8_face_detection.tflite", "gd32_fastvit.tflite", "mediapipe_face_attention.tflite", "mltk_keyword_on_off.tflite",
        "movenet_lightning.tflite",
        "movinet.tflite", "nxp_shufflenetv2.tflite", "split_concat.tflite", "wakeword_alexa_v1.tflite",
    ];

    /// <summary>Where they lie: beside the repository, or where TINYREORDER_MODELS says.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("TINYREORDER_MODELS") is { Length: > 0 } named
        ? named : RepositoryFiles.PathOf("..", "shared", "models");

    /// <summary>The rows of expected.tsv, one for each subgraph with operators.</summary>
    public static IReadOnlyList<ExpectedSubgraph> Expected { get; } = Read();

    public static TheoryData<string> Names => [.. Known];

    /// <summary>The models without those whose searches take the longest.</summary>
    public static TheoryData<string> QuickNames => [.. Known.Where(name => !LongSearches.Contains(name))];

    /// <summary>The models whose searches take the longest.</summary>
    public static TheoryData<string> LongNames => [.. Known.Where(name => LongSearches.Contains(name)).DefaultIfEmpty(None)];

    /// <summary>The path of a model; skips the test where it is missing.</summary>
    public static string Find(string name)
    {
        string path = Path.Combine(Folder, name);
        Skip.IfNot(File.Exists(path), $"{path} is not there; TINYREORDER_MODELS names the folder of the real models");
        return path;
    }

    /// <summary>Reads a model, or skips the test.</summary>
    public static TfliteModel Load(string name) => TfliteModel.Load(File.ReadAllBytes(Find(name)), name);

    public static IReadOnlyList<ExpectedSubgraph> Of(string model) => Expected.Where(row => row.Model == model).ToArray();

    private static IEnumerable<string> Known => Expected.Select(row => row.Model).Distinct().DefaultIfEmpty(None);

    private static ExpectedSubgraph[] Read()
    {
        string table = Path.Combine(Folder, "expected.tsv");
        return File.Exists(table) ? File.ReadLines(table).Skip(1).Select(line => line.Split('\t')).Select(Row).ToArray() : [];
    }

    private static ExpectedSubgraph Row(string[] fields)
    {
        long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
        return new ExpectedSubgraph(fields[0], (int)Number(1), (int)Number(2), Number(4), Number(5), Number(6), Number(7), Number(11));
    }
}
