using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Harness;

/// <summary>A folder for a project of a test, with a space in its name unless make has to work there; gone after the test.</summary>
public sealed class Workspace : IDisposable
{
    public Workspace(bool withSpace = true)
    {
        Root = Directory.CreateTempSubdirectory("tinyreorder-native-").FullName;
        Folder = withSpace ? PathOf("my project") : Root;
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Where the project lies.</summary>
    public string Folder { get; }

    private string Root { get; }

    public string PathOf(params string[] parts) => Path.Combine([Folder ?? Root, .. parts]);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text.ReplaceLineEndings("\n"));
        return PathOf(name);
    }

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Copies folders of the repository to the same places here, without what builds left in them.</summary>
    public Workspace WithRepository(params string[] folders)
    {
        foreach (string file in folders.SelectMany(folder => Directory.GetFiles(RepositoryFiles.PathOf(folder), "*", SearchOption.AllDirectories)))
        {
            string name = Path.GetRelativePath(RepositoryFiles.Root, file);
            if (!name.Split('/', '\\').Any(part => part is "bin" or "obj" or "build"))
                Write(name, File.ReadAllBytes(file));
        }
        return this;
    }

    /// <summary>Makes a file newer than everything that was built so far, content unchanged.</summary>
    public void Touch(string name)
    {
        // Beyond what any file system rounds to.
        Thread.Sleep(TimeSpan.FromMilliseconds(20));
        File.SetLastWriteTimeUtc(PathOf(name), DateTime.UtcNow);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
