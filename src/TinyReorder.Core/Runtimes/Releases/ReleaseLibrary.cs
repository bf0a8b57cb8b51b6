namespace TinyReorder.Runtimes;

/// <summary>A library that carries TensorFlow Lite Micro.</summary>
/// <param name="Name">The name by which options call it.</param>
/// <param name="Title">The name in a sentence.</param>
/// <param name="Aliases">Other names that find it.</param>
/// <param name="Releases">Its releases, the newest first.</param>
internal sealed record ReleaseLibrary(string Name, string Title, IReadOnlyList<string> Aliases, IReadOnlyList<Release> Releases)
{
    /// <summary>What one gets who installs it today.</summary>
    public Release Newest => Releases[0];

    /// <summary>
    /// The release that <paramref name="version"/> names; null where none does. A month such as <c>2024-03</c> names only a release of that month.
    /// </summary>
    public Release? Find(string version) => Releases.FirstOrDefault(release => release.IsCalled(version));

    /// <summary>The last release that is not later than a month or day; the newest for any other word.</summary>
    public Release Nearest(string version) =>
        version.Length >= 7 && version.Take(4).All(char.IsDigit) && version[4] == '-'
            ? Releases.FirstOrDefault(release => string.CompareOrdinal(release.Date, version + "~") <= 0) ?? Releases[Releases.Count - 1]
            : Newest;
}
