using System.Reflection;

namespace TinyReorder.Runtimes;

/// <summary>The profiles that are embedded in this assembly. A run needs two or three of them, so that only their names are read at once.</summary>
internal static class BuiltInProfiles
{
    private const string Prefix = "TinyReorder.Runtimes.";

    private static readonly Lazy<IReadOnlyList<BuiltInProfile>> Heads = new(ReadHeads);

    /// <summary>All of them; those that others extend come first.</summary>
    public static IReadOnlyList<BuiltInProfile> All => Heads.Value;

    /// <summary>The profile of that id; null for none.</summary>
    public static RuntimeProfile? Find(string id) => All.FirstOrDefault(profile => profile.Id == id)?.Profile;

    private static BuiltInProfile[] ReadHeads()
    {
        Assembly assembly = typeof(BuiltInProfiles).Assembly;
        var waiting = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => new BuiltInProfile(name, name.Substring(Prefix.Length), Find))
            .ToList();
        var profiles = new List<BuiltInProfile>();
        while (waiting.Count > 0)
        {
            // Without one whose base is there, the first one reports that its base is missing as it is read.
            int ready = Math.Max(0, waiting.FindIndex(file => file.Bases.All(name => profiles.Any(profile => profile.Id == name))));
            profiles.Add(waiting[ready]);
            waiting.RemoveAt(ready);
        }
        return [.. profiles];
    }
}
