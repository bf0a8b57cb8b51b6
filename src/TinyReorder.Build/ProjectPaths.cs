using System.Text;
using TinyReorder.Output;

namespace TinyReorder.Build;

/// <summary>
/// Files of a project by the paths that its items name. The current directory of the process is not the project's when several are built at once.
/// </summary>
/// <param name="projectDirectory">Where relative paths start.</param>
/// <param name="stateDirectory">Where state is kept, relative to it.</param>
/// <param name="projectFile">The project's file, whose outputs they are; empty where it is not known.</param>
internal sealed class ProjectPaths(string projectDirectory, string stateDirectory, string projectFile = "")
{
    private OutputOwner? owner;

    /// <summary>Whose the outputs are.</summary>
    public OutputOwner Owner => owner ??= new OutputOwner(Absolute(projectFile), Absolute(StateDirectory));

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

    /// <summary>Keeps other builds of the same state out, and clears away what one that was broken off left there.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// Another one is at work for a minute (TINY5011), or the directory cannot be written (TINY5006).
    /// </exception>
    public IDisposable Enter()
    {
        string directory = Absolute(StateDirectory);
        var entered = WriterLock.Take(Path.Combine(directory, "models"));
        TemporaryFiles.RemoveAll(directory);
        TemporaryFiles.RemoveAll(Path.Combine(directory, "cache"));
        return entered;
    }

    /// <summary>Deletes outputs of one model that are not made any more, unless somebody replaced them.</summary>
    /// <param name="name">The record's name.</param>
    /// <param name="outputs">The outputs.</param>
    /// <returns>Those that somebody replaced.</returns>
    public IReadOnlyList<string> DeleteOutputs(string name, IEnumerable<string> outputs) =>
        Ownership.DeleteAll(Owner, name, outputs.Select(Absolute).ToArray());

    /// <summary>Copies a file when the copy differs.</summary>
    public void Copy(string from, string to)
    {
        byte[] bytes = InputFile.Read(Absolute(from), from);
        OutputFile.WriteIfChanged(Absolute(to), stream => stream.Write(bytes, 0, bytes.Length));
    }

    /// <summary>Copies what is kept of an output into its place.</summary>
    /// <param name="from">The copy.</param>
    /// <param name="to">The output.</param>
    /// <param name="name">The record's name.</param>
    public void CopyOutput(string from, string to, string name)
    {
        using var outputs = new OwnedOutputs(Owner, name);
        outputs.Add(Absolute(to), InputFile.Read(Absolute(from), from));
        outputs.TakePlace();
    }

    /// <summary>Writes the lines when they differ.</summary>
    public void WriteLines(string path, IEnumerable<string> lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        OutputFile.WriteIfChanged(Absolute(path), stream => stream.Write(bytes, 0, bytes.Length));
    }
}
