using TinyReorder.Diagnostics;
using TinyReorder.Output;
using TinyReorder.Runtimes;

namespace TinyReorder.Measuring;

/// <summary>
/// A folder beside a project that keeps its profiles, each in a file of the profile's name: where <c>--profile</c> and <c>Profile</c> find one by its id.
/// </summary>
internal static class ProfileFolder
{
    /// <summary>The folder's name where nobody says another.</summary>
    public const string DefaultName = "tinyreorder-profiles";

    private const int MostIdCharacters = 128;

    /// <summary>
    /// The file that <paramref name="name"/> means: itself where there is such a file, else one of that id in the first folder that has it; null where none
    /// does.
    /// </summary>
    /// <param name="name">A path, or the id of a profile.</param>
    /// <param name="path">The same as a path that can be opened.</param>
    /// <param name="folders">The folders to look in.</param>
    public static string? Find(string name, string path, IEnumerable<string> folders) =>
        File.Exists(path) ? path : IsId(name) ? folders.Select(folder => Path.Combine(folder, name + ".json")).FirstOrDefault(File.Exists) : null;

    /// <summary>Keeps a profile.</summary>
    /// <param name="json">The profile's bytes.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <param name="replaces">Whether another profile of that name may be replaced.</param>
    /// <returns>The file, the profile's id, and whether the file changed.</returns>
    /// <exception cref="TinyReorderException">
    /// It is no profile (TINY3005), its id is no file name (TINY5003), another profile has its name (TINY6004), or it cannot be written.
    /// </exception>
    public static (string Path, string Id, bool Changed) Add(byte[] json, string fileName, string folder, bool replaces)
    {
        RuntimeProfile profile = RuntimeProfile.Load(json, fileName);
        if (!IsId(profile.Id))
        {
            throw new TinyReorderException(Diagnostic.Error(
                DiagnosticCodes.BadOption, $"the profile's id \"{Quote.Text(profile.Id)}\" cannot name a file: use letters, digits, '.', '-' and '_', no "
                    + $"'.' first, and at most {MostIdCharacters} of them") with
            { File = fileName });
        }
        string target = Path.Combine(folder, profile.Id + ".json");
        if (!replaces && File.Exists(target) && !InputFile.Read(target, target).SequenceEqual(json))
        {
            throw new TinyReorderException(Diagnostic.Error(
                DiagnosticCodes.ProfileExists, $"'{target}' holds another profile of the id \"{profile.Id}\"; give this one another id, or replace it with "
                    + "--force") with
            { File = fileName });
        }
        return (target, profile.Id, OutputFile.WriteIfChanged(target, stream => stream.Write(json, 0, json.Length)));
    }

    private static bool IsId(string text) =>
        text.Length is > 0 and <= MostIdCharacters && text[0] != '.'
            && text.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_' or '+');
}
