using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>
/// Outputs of one model that belong together and replace nothing but outputs of the same owner: each is written whole beside its place, and they take their
/// places one right after the other, with a record beside them that says whose they are. A file whose content stays is not touched. Dispose deletes what has
/// not taken its place.
/// </summary>
/// <param name="owner">Whose outputs they are.</param>
/// <param name="name">What they are called after, and so is the record: the model's symbol.</param>
internal sealed class OwnedOutputs(OutputOwner owner, string name) : IDisposable
{
    private readonly List<StagedFile> files = [];
    private readonly Dictionary<string, WriterLock> locks = new(FinalPath.Comparer);

    /// <summary>Writes the content of <paramref name="path"/> beside it.</summary>
    /// <param name="path">The file; its directory is made where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="TinyReorderException">It cannot be written (TINY5006), or another build writes there all the time (TINY5011).</exception>
    public void Add(string path, Action<Stream> write)
    {
        if (!StagedFile.IsDevice(path))
            Enter(Whole(path));
        files.Add(new StagedFile(path, write));
    }

    /// <summary>The same, with content that is made already.</summary>
    public void Add(string path, byte[] content) => Add(path, stream => stream.Write(content, 0, content.Length));

    /// <summary>Puts all files in place, in the order in which they were added.</summary>
    /// <exception cref="TinyReorderException">
    /// A file there belongs to another project (TINY5009) or to somebody else (TINY5010), and nothing was touched; one cannot be put in place (TINY5006), or
    /// another build wrote there meanwhile (TINY5011), and those before it have been.
    /// </exception>
    public IReadOnlyList<WrittenOutput> TakePlace()
    {
        StagedFile[] owned = [.. files.Where(file => !file.IsForDevice)];
        foreach (StagedFile file in owned.Where(file => file.Differs))
            Ownership.DemandReplaceable(owner, name, Whole(file.Path));
        OwnershipRecord[] records = [.. owned.GroupBy(file => Folder(file), FinalPath.Comparer).Select(folder => RecordOf(folder.Key, folder))];
        foreach (OwnershipRecord record in records)
            RemoveDead(record);
        if (owned.Any(file => file.Differs))
        {
            foreach (OwnershipRecord record in records)
                record.Write(); // of old and new contents, so that a run which is broken off leaves nothing that is nobody's
        }
        WrittenOutput[] written = [.. files.Select(file => new WrittenOutput(file.Path, file.TakePlace(), file.Sha256))];
        foreach (StagedFile file in owned.Where(file => file.Differs && !file.IsStillInPlace()))
        {
            string message = $"another build replaced '{file.Path}' at the same time; build again, one after the other";
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.OutputsBusy, message));
        }
        foreach (StagedFile file in owned)
            records.First(record => FinalPath.Comparer.Equals(record.Folder, Folder(file))).Remove(entry => IsOutdated(entry, file));
        foreach (OwnershipRecord record in records)
            record.Write();
        return written;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StagedFile file in files)
            file.Dispose();
        foreach (WriterLock held in locks.Values)
            held.Dispose();
        locks.Clear();
    }

    /// <summary>What the record in a folder says, and what it will say of <paramref name="added"/>.</summary>
    private OwnershipRecord RecordOf(string folder, IEnumerable<StagedFile> added)
    {
        var record = OwnershipRecord.Read(OwnershipRecord.PathOf(folder, name));
        record.Remove(entry => !File.Exists(Path.Combine(folder, entry.Name)));
        foreach (StagedFile file in added)
        {
            string fileName = Path.GetFileName(file.Path);
            // What another one wrote and we would write as well stays the other's.
            if (!record.Of(fileName).Any(entry => !owner.MayAnswerFor(folder, entry.Owner)))
                record.Add(new OwnershipEntry(fileName, file.Sha256, owner.NameIn(folder)));
        }
        return record;
    }

    private bool IsOutdated(OwnershipEntry entry, StagedFile file) =>
        FinalPath.Comparer.Equals(entry.Name, Path.GetFileName(file.Path)) && owner.MayAnswerFor(Folder(file), entry.Owner)
        && (entry.Sha256 != file.Sha256 || !owner.Is(Folder(file), entry.Owner));

    /// <summary>Keeps others out of a file's folder.</summary>
    private void Enter(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!locks.ContainsKey(folder))
            locks.Add(folder, WriterLock.Take(OwnershipRecord.PathOf(folder, name)));
    }

    /// <summary>Clears away what runs that were broken off left of the same files: nobody else writes them now.</summary>
    private void RemoveDead(OwnershipRecord record)
    {
        var names = new HashSet<string>(record.Entries.Select(entry => entry.Name), FinalPath.Comparer) { Path.GetFileName(record.File) };
        TemporaryFiles.Remove(record.Folder, names.Contains, except: [.. files.Select(file => file.Temporary).OfType<string>().Select(Whole)]);
    }

    private static string Folder(StagedFile file) => Path.GetDirectoryName(Whole(file.Path))!;

    private static string Whole(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or IOException)
        {
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CannotWrite, $"cannot write '{path}': {exception.Message}"), exception);
        }
    }
}
