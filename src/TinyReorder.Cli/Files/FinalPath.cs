namespace TinyReorder.Cli.Files;

/// <summary>Where a path leads, to tell whether two of them are one file.</summary>
internal static class FinalPath
{
    /// <summary>How this system compares paths.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The whole path, behind all links; <paramref name="path"/> itself where it is none.</summary>
    public static string Of(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or NotSupportedException)
        {
            // Whoever opens the file will say what is wrong with the path.
            return path;
        }
    }
}
