namespace TinyReorder.Output;

/// <summary>The temporary files in which an output lies until it takes its place: <c>kws.h.1a2b3c4d.tmp</c> beside <c>kws.h</c>.</summary>
internal static class TemporaryFiles
{
    private const string Ending = ".tmp";
    private const int Digits = 8;

    /// <summary>Deletes all of them in <paramref name="directory"/>, which nobody writes to now.</summary>
    public static void RemoveAll(string directory) => Remove(directory, _ => true);

    /// <summary>A new name beside <paramref name="path"/>.</summary>
    internal static string NewName(string path) => path + "." + Guid.NewGuid().ToString("N").Substring(0, Digits) + Ending;

    /// <summary>Deletes those that a run which was broken off left in <paramref name="directory"/>.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="isOurs">Whether the output of this name is one whose temporary files nobody writes now.</param>
    /// <param name="except">Whole paths of those that somebody does write.</param>
    internal static void Remove(string directory, Func<string, bool> isOurs, IReadOnlyCollection<string>? except = null)
    {
        try
        {
            if (!Directory.Exists(directory))
                return;
            foreach (string file in Directory.GetFiles(directory, "*" + Ending))
            {
                if (OutputOf(Path.GetFileName(file)) is { } output && isOurs(output) && except?.Contains(file) != true)
                    StagedFile.DeleteQuietly(file);
            }
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception))
        {
            // They take room and do nothing else.
        }
    }

    /// <summary>The name of the output whose temporary file is called <paramref name="name"/>; null where it is none.</summary>
    private static string? OutputOf(string name)
    {
        int at = name.Length - Ending.Length - Digits - 1;
        bool isOne = at > 0 && name[at] == '.' && name.EndsWith(Ending, StringComparison.Ordinal) && name.Skip(at + 1).Take(Digits).All(IsDigit);
        return isOne ? name.Substring(0, at) : null;
    }

    private static bool IsDigit(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f');
}
