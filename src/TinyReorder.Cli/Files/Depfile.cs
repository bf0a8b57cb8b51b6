using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Files;

/// <summary>
/// A rule for make and ninja that says which files an output was made of, as compilers write it. Each file also gets a rule without a recipe (<c>gcc
/// -MP</c>), so that make does not stop when one of them is gone.
/// </summary>
internal static class Depfile
{
    // What both readers take inside of a name; letters, digits and everything beyond ASCII besides. ninja ends a name at any other character.
    private const string Plain = "+?,/_:.~{}@[]!-%#$ ";

    /// <summary>The text: targets and dependencies as they are given, each once.</summary>
    public static string Of(IEnumerable<string> targets, IEnumerable<string> dependencies)
    {
        string[] named = [.. dependencies.Select(Slashes).Distinct(StringComparer.Ordinal)];
        var text = new StringBuilder(string.Join(' ', targets.Select(target => Escape(Slashes(target))))).Append(':');
        foreach (string dependency in named)
            text.Append(" \\\n  ").Append(Escape(dependency));
        text.Append('\n');
        foreach (string dependency in named)
            text.Append('\n').Append(Escape(dependency)).Append(":\n");
        return text.ToString();
    }

    /// <summary>Whether make and ninja can read <paramref name="path"/> in a depfile.</summary>
    public static bool CanName(string path) => Misfit(path) is null;

    /// <summary>Refuses paths that no depfile can hold, before any work.</summary>
    /// <exception cref="TinyReorderException">A path has a character that make and ninja do not both read: TINY5003.</exception>
    public static void Check(IEnumerable<string> targets, IEnumerable<string> dependencies)
    {
        foreach (string path in dependencies)
            Check(path, Misfit(path));
        foreach (string path in targets)
            Check(path, path.Contains('%', StringComparison.Ordinal) ? '%' : Misfit(path));
    }

    private static void Check(string path, char? misfit)
    {
        if (misfit is { } character)
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption,
                $"--depfile cannot name '{path}': make and ninja have no common way to write '{character}'; rename the file or its folder"));
    }

    private static char? Misfit(string path)
    {
        foreach (char character in Slashes(path))
        {
            if (char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character) && !Plain.Contains(character, StringComparison.Ordinal))
                return character;
        }
        return null;
    }

    private static string Slashes(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;

    private static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            bool isDrive = path[i] == ':' && i == 1 && path.Length > 2 && path[2] == '/';
            escaped.Append(path[i] switch { ' ' => "\\ ", '#' => "\\#", '$' => "$$", ':' when !isDrive => "\\:", _ => path[i].ToString() });
        }
        return escaped.ToString();
    }
}
