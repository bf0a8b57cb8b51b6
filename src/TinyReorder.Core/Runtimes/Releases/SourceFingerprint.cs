using System.Globalization;
using System.Security.Cryptography;

namespace TinyReorder.Runtimes;

/// <summary>Tells a library's version by the content of a few of its files.</summary>
internal static class SourceFingerprint
{
    /// <summary>Where libraries keep their sources: at the root, or as Arduino libraries do.</summary>
    private static readonly string[] Roots = ["", "src/"];

    /// <summary>The first of <paramref name="known"/> all of whose files have the known hash; null where none has.</summary>
    public static Release? Recognise(Func<string, byte[]?> read, IReadOnlyList<(Release Release, IReadOnlyList<(string Path, string Sha256)> Files)> known)
    {
        foreach (string root in Roots)
        {
            var hashes = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach ((Release release, IReadOnlyList<(string Path, string Sha256)> files) in known)
            {
                if (files.All(file => HashOf(root + file.Path) == file.Sha256))
                    return release;
            }

            string? HashOf(string path) =>
                hashes.TryGetValue(path, out string? hash) ? hash : hashes[path] = read(path) is { } content ? Sha256(WithLineFeeds(content)) : null;
        }
        return null;
    }

    /// <summary>The content without the carriage returns that a checkout on Windows puts before line feeds.</summary>
    private static byte[] WithLineFeeds(byte[] content) =>
        [.. content.Where((value, i) => value != '\r' || i + 1 >= content.Length || content[i + 1] != '\n')];

    private static string Sha256(byte[] content)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(content).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
