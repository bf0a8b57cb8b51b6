using System.IO.Compression;

namespace TinyReorder.Tests.Optimization;

/// <summary>Reads the zip archive at the end of a file.</summary>
internal static class ArchivedFiles
{
    /// <summary>Name and content of each entry.</summary>
    public static IReadOnlyList<(string Name, string Content)> Read(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        return archive.Entries.Select(entry => (entry.FullName, Content(entry))).ToArray();
    }

    private static string Content(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
