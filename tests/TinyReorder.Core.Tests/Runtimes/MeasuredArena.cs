using System.Globalization;

namespace TinyReorder.Tests.Runtimes;

/// <summary>The rows of shared/facts/tflm-measured.tsv: smallest working arenas and their parts, measured on the real interpreter.</summary>
internal sealed record MeasuredArena(
    string Model, string Variant, long ArenaBytes, long HeadBytes, long TailBytes, long TailAtPlanningBytes, int PlannedBuffers, IReadOnlyList<string> Scratch)
{
    private static readonly string? Shared = FindShared();

    public static string Models => Path.Combine(Shared ?? "", "models");

    public static IReadOnlyList<MeasuredArena> All { get; } = Read();

    /// <summary>What a row without rows says: xunit wants at least one.</summary>
    public const string NoRows = "(no rows)";

    /// <summary>Model and variant of the rows of which <paramref name="isWanted"/> holds.</summary>
    public static TheoryData<string, string> Rows(Func<MeasuredArena, bool> isWanted)
    {
        var rows = new TheoryData<string, string>();
        foreach (MeasuredArena row in All.Where(isWanted))
            rows.Add(row.Model, row.Variant);
        if (rows.Count == 0)
            rows.Add(NoRows, NoRows);
        return rows;
    }

    /// <summary>The row of a model and a variant; skips the test where there are none.</summary>
    public static MeasuredArena Find(string model, string variant)
    {
        Skip.If(model == NoRows, "shared/facts/tflm-measured.tsv is not there");
        return All.Single(candidate => candidate.Model == model && candidate.Variant == variant);
    }

    private static string? FindShared()
    {
        string? models = Environment.GetEnvironmentVariable("TINYREORDER_MODELS");
        if (models is not null)
            return Path.GetDirectoryName(Path.GetFullPath(models));
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = Path.Combine(folder.FullName, "shared");
            if (File.Exists(Path.Combine(shared, "facts", "tflm-measured.tsv")))
                return shared;
        }
        return null;
    }

    private static MeasuredArena[] Read() => Shared is null
        ? []
        : File.ReadLines(Path.Combine(Shared, "facts", "tflm-measured.tsv")).Skip(1).Select(line => line.Split('\t')).Select(Row).ToArray();

    private static MeasuredArena Row(string[] fields) => new(
        fields[0],
        fields[1],
        Number(fields[2]),
        Number(fields[3]),
        Number(fields[4]),
        Number(fields[5]),
        (int)Number(fields[6]),
        fields[8].Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
