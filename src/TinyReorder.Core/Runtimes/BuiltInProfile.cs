using System.Text.Json;

namespace TinyReorder.Runtimes;

/// <summary>A profile that is embedded in this assembly: its names, and the whole of it, which is read where it is asked for.</summary>
internal sealed class BuiltInProfile
{
    // They come last in a file, and are most of it.
    private static readonly string[] Rest = ["allocator", "structs", "operators"];

    private readonly Lazy<RuntimeProfile> whole;

    /// <summary>Reads the head of the file.</summary>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <param name="find">The profiles that it may extend.</param>
    public BuiltInProfile(string resource, string fileName, Func<string, RuntimeProfile?> find)
    {
        byte[] json = EmbeddedFile.Read(resource);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (Array.IndexOf(Rest, name) >= 0)
                break;
            reader.Read();
            switch (name)
            {
                case "id":
                    Id = reader.GetString()!;
                    break;
                case "kernels":
                    KernelLibrary = reader.GetString()!;
                    break;
                case "default":
                    IsDefault = reader.GetBoolean();
                    break;
                case "aliases":
                    Aliases = Texts(ref reader);
                    break;
                case "kernelVersions":
                    KernelVersions = Texts(ref reader);
                    break;
                case "extends":
                    Bases = Texts(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        whole = new(() => RuntimeProfileReader.Read(RuntimeProfileReader.Parse(json, fileName), find));
    }

    /// <inheritdoc cref="RuntimeProfile.Id"/>
    public string Id { get; } = "";

    /// <inheritdoc cref="RuntimeProfile.KernelLibrary"/>
    public string KernelLibrary { get; } = "";

    /// <inheritdoc cref="RuntimeProfile.Aliases"/>
    public IReadOnlyList<string> Aliases { get; } = [];

    /// <inheritdoc cref="RuntimeProfile.KernelVersions"/>
    public IReadOnlyList<string> KernelVersions { get; } = [];

    /// <inheritdoc cref="RuntimeProfile.IsDefault"/>
    public bool IsDefault { get; }

    /// <summary>The names of the profiles that it extends.</summary>
    public IReadOnlyList<string> Bases { get; } = [];

    /// <summary>All of it.</summary>
    public RuntimeProfile Profile => whole.Value;

    /// <inheritdoc cref="RuntimeProfile.Names"/>
    public IEnumerable<string> Names => Aliases.Concat([KernelLibrary, Id]);

    /// <summary>Whether a request for kernels of that name means this profile: its library's, where it is the newest, or its own.</summary>
    public bool IsCalled(string name) => (IsDefault && IsOfLibrary(name)) || string.Equals(Id, name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="RuntimeProfile.IsOfLibrary"/>
    public bool IsOfLibrary(string kernels) => Aliases.Append(KernelLibrary).Contains(kernels, StringComparer.OrdinalIgnoreCase);

    private static string[] Texts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return [reader.GetString()!];
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            texts.Add(reader.GetString()!);
        return [.. texts];
    }
}
