using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>Whose a file is: its owner's as long as it is what the record beside it says, or while it carries our words.</summary>
internal static class Ownership
{
    /// <summary>Whether <paramref name="owner"/> wrote the file at <paramref name="path"/> as it is, so that it is none of the project's own files.</summary>
    /// <param name="owner">The project.</param>
    /// <param name="name">The name of the record that would say so.</param>
    /// <param name="path">The file.</param>
    public static bool Wrote(OutputOwner owner, string name, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        OwnershipEntry[] own = [.. Named(name, path).Where(entry => owner.Is(folder, entry.Owner))];
        return own.Length > 0 && ContentHash.OfFile(path) is { } sha && own.Any(entry => entry.Sha256 == sha);
    }

    /// <summary>
    /// Deletes an output that is not made any more, what a run that was broken off left beside it, and what the record says of it; keeps a file that is not
    /// the owner's.
    /// </summary>
    /// <param name="owner">Whose it was.</param>
    /// <param name="name">The name of the record beside it.</param>
    /// <param name="path">The output.</param>
    /// <returns>Whether no file is left.</returns>
    /// <exception cref="TinyReorderException">It cannot be deleted: TINY5006.</exception>
    public static bool Delete(OutputOwner owner, string name, string path)
    {
        string folder = Path.GetDirectoryName(path)!, file = Path.GetFileName(path);
        if (!Directory.Exists(folder))
            return true;
        bool isGone = !File.Exists(path);
        if (!isGone && Refusal(owner, name, path) is null)
        {
            OutputFile.Delete(path);
            isGone = true;
        }
        string record = OwnershipRecord.PathOf(folder, name);
        if (File.Exists(record))
        {
            using (WriterLock.Take(record))
            {
                var now = OwnershipRecord.Read(record);
                now.Remove(entry => FinalPath.Comparer.Equals(entry.Name, file) && owner.MayAnswerFor(folder, entry.Owner));
                now.Write();
            }
        }
        TemporaryFiles.Remove(folder, output => FinalPath.Comparer.Equals(output, file));
        return isGone;
    }

    /// <summary>The same for all outputs of one model, called <paramref name="name"/>.</summary>
    /// <param name="owner">Whose they were.</param>
    /// <param name="name">The name of the record beside them.</param>
    /// <param name="paths">The outputs.</param>
    /// <returns>The files that are not the owner's, and are kept.</returns>
    /// <exception cref="TinyReorderException">One cannot be deleted: TINY5006.</exception>
    public static IReadOnlyList<string> DeleteAll(OutputOwner owner, string name, IReadOnlyList<string> paths)
    {
        string[] kept = [.. paths.Where(path => !Delete(owner, name, path))];
        foreach (string folder in paths.Select(path => Path.GetDirectoryName(path)!).Distinct(FinalPath.Comparer).Where(Directory.Exists))
        {
            string record = OwnershipRecord.PathOf(folder, name);
            TemporaryFiles.Remove(folder, output => FinalPath.Comparer.Equals(output, Path.GetFileName(record)));
            WriterLock.RemoveDead(record);
        }
        return kept;
    }

    /// <summary>Refuses to replace a file that is not the owner's.</summary>
    /// <exception cref="TinyReorderException">TINY5009, TINY5010.</exception>
    internal static void DemandReplaceable(OutputOwner owner, string name, string path)
    {
        if (File.Exists(path) && Refusal(owner, name, path) is { } refusal)
            throw new TinyReorderException(refusal);
    }

    private static Diagnostic? Refusal(OutputOwner owner, string name, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string? sha = ContentHash.OfFile(path);
        if (Named(name, path).Any(IsOurs))
            return null;
        // It may have come from a model of another name.
        OwnershipEntry[] entries = [.. OwnershipRecord.In(folder).SelectMany(record => record.Of(Path.GetFileName(path)))];
        if (entries.Any(IsOurs))
            return null;
        if (entries.FirstOrDefault(entry => !owner.MayAnswerFor(folder, entry.Owner)) is { } other)
        {
            return Diagnostic.Error(
                DiagnosticCodes.OutputOfAnother,
                $"'{path}' is an output of '{OutputOwner.Whole(folder, other.Owner)}', and '{owner.File}' would write another content there; "
                + "give one of them another directory or symbol");
        }
        if (owner.HasToItself(path) || GeneratedMarker.IsIn(path))
            return null;
        string since = entries.Length > 0 ? "was changed since TinyReorder wrote it" : "was not written by TinyReorder";
        string message = $"'{path}' {since}, and would be replaced; move or delete it, or choose another directory or symbol";
        return Diagnostic.Error(DiagnosticCodes.ForeignFile, message);

        bool IsOurs(OwnershipEntry entry) => entry.Sha256 == sha && owner.MayAnswerFor(folder, entry.Owner);
    }

    private static IEnumerable<OwnershipEntry> Named(string name, string path) =>
        OwnershipRecord.Read(OwnershipRecord.PathOf(Path.GetDirectoryName(path)!, name)).Of(Path.GetFileName(path));
}
