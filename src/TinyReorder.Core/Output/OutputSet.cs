using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>
/// Files that belong together. Each is written whole beside its place; only when all are do they take their places, one right after the other, so that what
/// fails or is broken off before leaves every file as it was. A file whose content stays is not touched. Dispose deletes what has not taken its place.
/// </summary>
internal sealed class OutputSet : IDisposable
{
    private readonly List<(string Path, StagedFile File)> files = [];

    /// <summary>Writes the content of <paramref name="path"/> beside it.</summary>
    /// <param name="path">The file; its directory is made where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="TinyReorderException">It cannot be written: TINY5006.</exception>
    public void Add(string path, Action<Stream> write) => files.Add((path, new StagedFile(path, write)));

    /// <summary>The same, with content that is made already.</summary>
    public void Add(string path, byte[] content) => Add(path, stream => stream.Write(content, 0, content.Length));

    /// <summary>Puts all files in place, in the order in which they were added.</summary>
    /// <returns>The files, and whether each changed.</returns>
    /// <exception cref="TinyReorderException">One cannot be put in place: TINY5006. Those before it have been.</exception>
    public IReadOnlyList<(string Path, bool Changed)> TakePlace() => files.Select(file => (file.Path, file.File.TakePlace())).ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, StagedFile file) in files)
            file.Dispose();
    }
}
