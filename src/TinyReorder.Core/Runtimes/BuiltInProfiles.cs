using System.Reflection;

namespace TinyReorder.Runtimes;

/// <summary>The profiles that are embedded in this assembly, read once.</summary>
internal static class BuiltInProfiles
{
    private const string Prefix = "TinyReorder.Runtimes.";

    private static readonly Lazy<IReadOnlyList<RuntimeProfile>> Loaded = new(Load);

    /// <summary>All of them; those that others extend come first.</summary>
    public static IReadOnlyList<RuntimeProfile> All => Loaded.Value;

    private static RuntimeProfile[] Load()
    {
        Assembly assembly = typeof(BuiltInProfiles).Assembly;
        var waiting = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => (Name: name.Substring(Prefix.Length), Bytes: Read(assembly, name)))
            .ToList();
        var profiles = new List<RuntimeProfile>();
        while (waiting.Count > 0)
        {
            int ready = waiting.FindIndex(file => RuntimeProfileReader.BasesOf(file.Bytes, file.Name).All(name => profiles.Any(profile => profile.Id == name)));
            // Without a file whose base is there, the first one reports that its base is missing.
            (string fileName, byte[] bytes) = waiting[Math.Max(0, ready)];
            profiles.Add(RuntimeProfileReader.Read(bytes, fileName, name => profiles.FirstOrDefault(profile => profile.Id == name)));
            waiting.RemoveAt(Math.Max(0, ready));
        }
        return [.. profiles];
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
