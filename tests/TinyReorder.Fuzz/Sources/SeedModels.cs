using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Sources;

/// <summary>The sound files that mutants are made of.</summary>
internal static class SeedModels
{
    private const int RandomSeeds = 24, StreamableSeeds = 12, SmallBytes = 20_000, LargestSharedBytes = 130_000;
    private const string WithoutSubgraphs = "litert_no_subgraphs.tflite";

    private static readonly Lazy<IReadOnlyList<SeedModel>> BuiltOnce = new(MakeBuilt), SharedOnce = new(ReadShared);

    /// <summary>Models of the builder, in every layout.</summary>
    public static IReadOnlyList<SeedModel> Built => BuiltOnce.Value;

    /// <summary>Real models of up to 130 kB; empty where they are missing.</summary>
    public static IReadOnlyList<SeedModel> Shared => SharedOnce.Value;

    /// <summary>Built and real ones that are quick to copy.</summary>
    public static IReadOnlyList<SeedModel> Small { get; } = [.. Built.Concat(Shared).Where(seed => seed.Bytes.Length <= SmallBytes)];

    private static SeedModel[] MakeBuilt()
    {
        var built = new List<SeedModel>();
        foreach (ModelLayout layout in BuiltModels.Layouts)
        {
            foreach ((string name, Func<ModelBuilder> make) in new (string, Func<ModelBuilder>)[] { ("small", () => BuiltModels.Small()),
                ("runnable", () => BuiltModels.Runnable()), ("everything", BuiltModels.Everything) })
            {
                ModelBuilder model = make();
                model.Layout = layout;
                built.Add(new SeedModel($"{name} layout {built.Count / 3}", model.Build()));
            }
        }
        for (ulong seed = 0; seed < RandomSeeds; seed++)
            built.Add(new SeedModel($"random {seed}", RandomModels.Create(seed).Build()));
        // Several, so that mutants of them are drawn often enough.
        for (ulong seed = 1; seed <= StreamableSeeds; seed++)
            built.Add(new SeedModel($"streamable {seed}", BuiltModels.Streamable(seed).Build()));
        return [.. built];
    }

    private static SeedModel[] ReadShared()
    {
        return !Directory.Exists(SharedModels.Folder) ? [] : new DirectoryInfo(SharedModels.Folder).GetFiles("*.tflite")
            .Where(file => file.Length <= LargestSharedBytes && file.Name != WithoutSubgraphs)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new SeedModel(file.Name, File.ReadAllBytes(file.FullName)))
            .ToArray();
    }
}
