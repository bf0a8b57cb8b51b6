namespace TinyReorder.CompareBuilds;

/// <summary>The models that are compared.</summary>
internal static class ModelFiles
{
    /// <summary>The .tflite files that <paramref name="paths"/> are or hold, without those of more than <paramref name="limitBytes"/>, by name.</summary>
    /// <exception cref="FileNotFoundException">A path leads nowhere, or nothing is left to compare.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths, long limitBytes)
    {
        IEnumerable<string> small = paths.SelectMany(Files).Where(file => new FileInfo(file).Length <= limitBytes);
        string[] models = [.. small.Distinct().OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        if (models.Length == 0)
            throw new FileNotFoundException("there is no model to compare: name .tflite files, or folders that hold some, and see --limit");
        return models;
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.tflite")
        : File.Exists(path) ? [path] : throw new FileNotFoundException($"there is no '{path}'");
}
