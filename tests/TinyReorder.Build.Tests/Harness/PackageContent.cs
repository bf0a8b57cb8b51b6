using System.IO.Compression;

namespace TinyReorder.Tests.Harness;

/// <summary>The package unpacked into a directory.</summary>
public sealed class PackageContent
{
    public PackageContent(PackedPackage package, string directory)
    {
        Directory = directory;
        ZipFile.ExtractToDirectory(package.PackageFile, directory);
    }

    public string Directory { get; }

    /// <summary>Every file of ours, relative, in ordinal order.</summary>
    public IReadOnlyList<string> Files => System.IO.Directory.GetFiles(Directory, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Directory, path).Replace('\\', '/'))
        .Where(path => path != "[Content_Types].xml" && !path.StartsWith("_rels/", StringComparison.Ordinal)
            && !path.StartsWith("package/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).ToList();
}
