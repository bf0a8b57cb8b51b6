namespace TinyReorder.Build;

/// <summary>
/// The lists of files that runs wrote: one a model, <c>kws.generated</c>, and <c>arena.groups</c>, kept before anything is written, so that what is no longer
/// made is found whatever happens.
/// </summary>
internal sealed class FileLists(ProjectPaths paths)
{
    private const string ListOfGroups = "arena.groups", GroupEnding = "_arena";

    /// <summary>The list of the headers of arena groups.</summary>
    public string Groups => Path.Combine(paths.StateDirectory, ListOfGroups);

    /// <summary>The name of the record beside the headers of a group.</summary>
    public static string RecordOfGroup(string group) => group + GroupEnding;

    /// <summary>The whole paths of the lists of all models.</summary>
    public IReadOnlyList<string> OfModels()
    {
        string directory = paths.Absolute(paths.StateDirectory);
        return Directory.Exists(directory) ? [.. Directory.GetFiles(directory, "*.generated").OrderBy(file => file, StringComparer.Ordinal)] : [];
    }

    /// <summary>Deletes the files of a list, those of design-time builds and the list.</summary>
    /// <param name="list">A path of <see cref="OfModels"/>.</param>
    /// <param name="isKept">Which files stay, by their whole paths; null for none.</param>
    /// <returns>The files that are not what we wrote, and stay.</returns>
    public IReadOnlyList<string> Remove(string list, Predicate<string>? isKept = null)
    {
        string[] outputs = paths.Lines(list).Where(file => isKept is null || !isKept(paths.Absolute(file))).ToArray();
        IReadOnlyList<string> kept = paths.DeleteOutputs(Path.GetFileNameWithoutExtension(list), outputs);
        foreach (string output in outputs)
            paths.Delete(Path.Combine(paths.StateDirectory, "cache", Path.GetFileName(output)));
        paths.Delete(Path.ChangeExtension(list, ".state"));
        paths.Delete(list);
        return kept;
    }

    /// <summary>Deletes the headers of groups, and their list.</summary>
    /// <returns>The files that are not what we wrote, and stay.</returns>
    public IReadOnlyList<string> RemoveGroups()
    {
        IReadOnlyList<string> kept = RemoveOfGroups(paths.Lines(Groups));
        paths.Delete(Groups);
        return kept;
    }

    /// <summary>Deletes <paramref name="headers"/> of groups.</summary>
    /// <returns>The files that are not what we wrote, and stay.</returns>
    public IReadOnlyList<string> RemoveOfGroups(IReadOnlyList<string> headers) =>
        headers.GroupBy(header => RecordOfGroup(GroupOf(Path.GetFileNameWithoutExtension(header))))
            .SelectMany(group => paths.DeleteOutputs(group.Key, group)).ToArray();

    /// <summary>The group that a header such as <c>audio_arena.h</c> or <c>audio_ops.h</c> belongs to.</summary>
    private static string GroupOf(string header) => header.Substring(0, Math.Max(0, header.LastIndexOf('_')));
}
