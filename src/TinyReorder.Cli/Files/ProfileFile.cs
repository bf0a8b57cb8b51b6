using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Output;
using TinyReorder.Runtimes;

namespace TinyReorder.Cli.Files;

/// <summary>Reads a runtime profile of the user's own.</summary>
internal static class ProfileFile
{
    /// <summary>The profile that <paramref name="name"/> means (<see cref="PathOf"/>), or null where none is given.</summary>
    /// <exception cref="TinyReorderException">The file cannot be read or is no profile: TINY3005.</exception>
    public static RuntimeProfile? Load(string? name, string? model) =>
        PathOf(name, model) is { } path
            ? RuntimeProfile.Load(InputFile.Read(path, path, DiagnosticCodes.BadProfileFile, RuntimeProfile.MaxFileBytes), path) : null;

    /// <summary>
    /// A file of that name, else the profile of that id in the folder <c>tinyreorder-profiles</c> beside the model or in the current directory; what is
    /// neither stays as it is, and whoever opens it will say so.
    /// </summary>
    public static string? PathOf(string? name, string? model) => name is null ? null : ProfileFolder.Find(name, name, Folders(model)) ?? name;

    /// <summary>The folders that keep profiles.</summary>
    public static IEnumerable<string> Folders(string? model)
    {
        if (Path.GetDirectoryName(model) is { Length: > 0 } beside)
            yield return Path.Combine(beside, ProfileFolder.DefaultName);
        yield return ProfileFolder.DefaultName;
    }
}
