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
            .Select(name => RuntimeProfileReader.Parse(EmbeddedFile.Read(name), name.Substring(Prefix.Length)))
            .ToList();
        var profiles = new List<RuntimeProfile>();
        while (waiting.Count > 0)
        {
            int ready = waiting.FindIndex(file => RuntimeProfileReader.BasesOf(file).All(name => profiles.Any(profile => profile.Id == name)));
            // Without a file whose base is there, the first one reports that its base is missing.
            profiles.Add(RuntimeProfileReader.Read(waiting[Math.Max(0, ready)], name => profiles.FirstOrDefault(profile => profile.Id == name)));
            waiting.RemoveAt(Math.Max(0, ready));
        }
        return [.. profiles];
    }
}
