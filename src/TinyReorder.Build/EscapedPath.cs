using System.Globalization;

namespace TinyReorder.Build;

/// <summary>Paths as item specifications and metadata, in which MSBuild gives some characters a meaning.</summary>
internal static class EscapedPath
{
    private const string MeaningfulToMSBuild = "%*?@$();'";

    public static string Of(string path) => string.Concat(path.Select(Escape));

    private static string Escape(char c) =>
        MeaningfulToMSBuild.IndexOf(c) < 0 ? c.ToString() : "%" + ((int)c).ToString("x2", CultureInfo.InvariantCulture);
}
