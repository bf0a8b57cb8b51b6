namespace TinyReorder.Cli.Tests.Running;

/// <summary>A directory that is gone after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("tinyreorder cli ").FullName;

    /// <summary>The path of <paramref name="name"/> in it.</summary>
    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>The names of all files in it, in any depth, but for the records of whose they are.</summary>
    public string[] Files() =>
        Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".tinyreorder", StringComparison.Ordinal))
        .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal).ToArray();

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
