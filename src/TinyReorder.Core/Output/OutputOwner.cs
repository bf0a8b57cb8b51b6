namespace TinyReorder.Output;

/// <summary>Who writes outputs: a project, whatever its configuration, or for the command line tool a model.</summary>
internal sealed class OutputOwner
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private readonly string? ownFolder;

    /// <param name="file">The project's or model's file.</param>
    /// <param name="ownFolder">A folder in which nobody else has anything to lose, such as the one for intermediate files; null for none.</param>
    public OutputOwner(string file, string? ownFolder = null)
    {
        File = Path.GetFullPath(file);
        this.ownFolder = ownFolder is null ? null : Path.GetFullPath(ownFolder).TrimEnd(Separators) + Path.DirectorySeparatorChar;
    }

    /// <summary>The whole path of the project's or model's file.</summary>
    public string File { get; }

    /// <summary>Whether <paramref name="path"/> lies directly in the owner's own folder.</summary>
    internal bool HasToItself(string path) =>
        ownFolder is not null && FinalPath.Comparer.Equals(Path.GetDirectoryName(path) + Path.DirectorySeparatorChar, ownFolder);

    /// <summary>
    /// The owner as a record in <paramref name="directory"/> names it: relative, with slashes; the whole path where nothing leads from one to the other.
    /// </summary>
    internal string NameIn(string directory)
    {
        string whole = Path.GetFullPath(directory);
        if (!FinalPath.Comparer.Equals(Path.GetPathRoot(whole), Path.GetPathRoot(File)))
            return File.Replace('\\', '/');
        string[] from = whole.Split(Separators, StringSplitOptions.RemoveEmptyEntries), to = File.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        int common = 0;
        while (common < from.Length && common < to.Length - 1 && FinalPath.Comparer.Equals(from[common], to[common]))
            common++;
        return string.Join("/", Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }

    /// <summary>Whether the owner that a record in <paramref name="directory"/> names is this one, or is no more.</summary>
    internal bool MayAnswerFor(string directory, string name)
    {
        string other = Whole(directory, name);
        return FinalPath.Comparer.Equals(other, File) || !System.IO.File.Exists(other) || FinalPath.AreSame(other, File);
    }

    /// <summary>Whether the owner that a record in <paramref name="directory"/> names is this one.</summary>
    internal bool Is(string directory, string name)
    {
        string other = Whole(directory, name);
        return FinalPath.Comparer.Equals(other, File) || FinalPath.AreSame(other, File);
    }

    /// <summary>The whole path of the owner that a record in <paramref name="directory"/> names.</summary>
    internal static string Whole(string directory, string name)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(directory, name));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or IOException)
        {
            return name;
        }
    }
}
