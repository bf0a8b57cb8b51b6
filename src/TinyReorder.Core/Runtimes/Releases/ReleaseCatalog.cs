using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Runtimes;

/// <summary>The libraries that carry TensorFlow Lite Micro and their releases: data, read from files that name their sources.</summary>
internal static class ReleaseCatalog
{
    private static readonly Lazy<IReadOnlyList<ReleaseLibrary>> Loaded = new(Load);

    private static readonly Lazy<IReadOnlyList<(Release Release, IReadOnlyList<(string Path, string Sha256)> Files)>> Fingerprints =
        new(() => [.. RootOf("fingerprints.json").GetArray("fingerprints").Select(ReadFingerprint)]);

    /// <summary>The libraries; TensorFlow Lite Micro itself comes first.</summary>
    public static IReadOnlyList<ReleaseLibrary> Libraries => Loaded.Value;

    /// <summary>Every release of every library.</summary>
    public static IEnumerable<Release> All => Libraries.SelectMany(library => library.Releases);

    /// <summary>The library called <paramref name="name"/>, whatever its case; null for none.</summary>
    public static ReleaseLibrary? FindLibrary(string name) =>
        Libraries.FirstOrDefault(library => library.Aliases.Append(library.Name).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// The release whose files are in a folder: the one all of whose known files are there with the known content; null where none is. Line ends make no
    /// difference.
    /// </summary>
    /// <param name="read">The content of a file, by its path from the library's root with slashes; null where it is not there.</param>
    public static Release? Recognise(Func<string, byte[]?> read) => SourceFingerprint.Recognise(read, Fingerprints.Value);

    private static ReleaseLibrary[] Load() => [.. RootOf("releases.json").GetArray("libraries").Select(ReadLibrary)];

    private static JsonValue RootOf(string file)
    {
        JsonValue root = JsonFile.Parse(EmbeddedFile.Read("TinyReorder.Releases." + file), file, DiagnosticCodes.Defect).AsObject();
        root.GetInt64("schema", 1, 1);
        return root;
    }

    private static ReleaseLibrary ReadLibrary(JsonValue value)
    {
        string name = value.GetString("name");
        return new ReleaseLibrary(name, value.GetString("title"), Texts(value, "aliases"),
            [.. value.GetArray("releases").Select(release => ReadRelease(name, release))]);
    }

    private static Release ReadRelease(string library, JsonValue value) => new()
    {
        Library = library,
        Version = value.GetString("version"),
        Names = Texts(value, "names"),
        Commit = value.GetString("commit"),
        Date = value.GetString("date"),
        Profiles = Texts(value, "profiles"),
        Abi = value.FindString("abi") is { } abi ? AbiWords.Find(abi) ?? throw value.Get("abi").Error("is no ABI") : null,
        HasFullTensors = value.Find("fullTensors")?.AsBoolean() ?? false,
        IsMeasured = value.Find("measured")?.AsBoolean() ?? false,
        CrashesOnShortArena = value.Find("crashesOnShortArena")?.AsBoolean() ?? false,
        LacksMethods = Texts(value, "lacksMethods"),
        Source = value.GetString("source"),
    };

    private static (Release Release, IReadOnlyList<(string Path, string Sha256)> Files) ReadFingerprint(JsonValue value)
    {
        string name = value.GetString("release");
        Release release = All.FirstOrDefault(candidate => candidate.Name == name) ?? throw value.Get("release").Error("is no release");
        return (release, [.. value.Get("files").AsObject().Children.Select(file => (file.Name!, file.AsString()))]);
    }

    private static string[] Texts(JsonValue value, string name) => [.. value.FindArray(name).Select(text => text.AsString())];
}
