using System.Text;
using TinyReorder.Output;

namespace TinyReorder.Build;

/// <summary>Files of a project by the paths that its items name. The current directory of the process is not the project's when several are built at once.</summary>
internal sealed class ProjectPaths(string projectDirectory, string stateDirectory)
{
    /// <summary>Where state is kept, relative to the project.</summary>
    public string StateDirectory { get; } = stateDirectory;

    public string Absolute(string path) => Path.GetFullPath(Path.Combine(projectDirectory, path));

    public bool Exists(string path) => File.Exists(Absolute(path));

    public void Delete(string path) => OutputFile.Delete(Absolute(path));

    /// <summary>The lines of a file of our own; none where it does not exist or cannot be read, and then what it tells is made anew.</summary>
    public IReadOnlyList<string> Lines(string path)
    {
        try
        {
            return Exists(path) ? File.ReadAllLines(Absolute(path)) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Copies a file when the copy differs.</summary>
    public void Copy(string from, string to)
    {
        byte[] bytes = InputFile.Read(Absolute(from), from);
        OutputFile.WriteIfChanged(Absolute(to), stream => stream.Write(bytes, 0, bytes.Length));
    }

    /// <summary>Writes the lines when they differ.</summary>
    public void WriteLines(string path, IEnumerable<string> lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        OutputFile.WriteIfChanged(Absolute(path), stream => stream.Write(bytes, 0, bytes.Length));
    }
}
