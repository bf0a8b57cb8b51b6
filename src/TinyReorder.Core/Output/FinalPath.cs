namespace TinyReorder.Output;

/// <summary>Where a path leads, to tell whether two of them are one file.</summary>
internal static class FinalPath
{
    /// <summary>How this system compares paths.</summary>
    public static StringComparer Comparer { get; } =
        Path.DirectorySeparatorChar == '\\' || IsMacOS ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

#if NETSTANDARD2_0
    private static bool IsMacOS => System.Runtime.InteropServices.RuntimeInformation.IsOSPlatform(System.Runtime.InteropServices.OSPlatform.OSX);
#else
    private const int MostLinks = 40;

    private static bool IsMacOS => OperatingSystem.IsMacOS();
#endif

    /// <summary>
    /// The whole path behind all links, of folders too and whether or not the file exists; <paramref name="path"/> itself where it is none. .NET Framework
    /// does not follow links.
    /// </summary>
    public static string Of(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
#if NETSTANDARD2_0
            return full;
#else
            return Follow(full);
#endif
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            // Whoever opens the file will say what is wrong with the path.
            return path;
        }
    }

    /// <summary>Whether two paths are one file.</summary>
    public static bool AreSame(string a, string b) => Comparer.Equals(Of(a), Of(b));

#if !NETSTANDARD2_0
    private static string Follow(string full)
    {
        int links = 0;
        string root = Path.GetPathRoot(full)!, at = root;
        var left = new Stack<string>(Enumerable.Reverse(Parts(full[root.Length..])));
        while (left.TryPop(out string? part))
        {
            string next = Path.Combine(at, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException("too many links");
            string leads = Path.GetFullPath(target, at);
            at = Path.GetPathRoot(leads)!;
            foreach (string step in Enumerable.Reverse(Parts(leads[at.Length..])))
                left.Push(step);
        }
        return at;
    }

    private static string[] Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
#endif
}
