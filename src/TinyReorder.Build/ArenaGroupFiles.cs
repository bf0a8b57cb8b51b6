using TinyReorder.CodeGeneration;
using TinyReorder.Output;
using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>
/// The headers of arena groups, with the arena's size and with the operators of all members: in each directory that has a header of a member, so that all
/// are found in the same place.
/// </summary>
internal sealed class ArenaGroupFiles(ProjectPaths paths)
{
    private readonly FileLists lists = new(paths);
    private readonly List<string> written = [];

    /// <summary>Where the headers of the group called <paramref name="group"/> go.</summary>
    public static IReadOnlyList<string> Files(string group, IReadOnlyList<ModelJob> members, ProjectPaths paths) =>
        [.. Beside(members, ArenaGroup.HeaderFileOf(group), paths), .. Beside(Registering(members), new GeneratedNames(group).OpResolverFile, paths)];

    /// <summary>Writes the headers of <paramref name="group"/> when they differ, and returns where, with the SHA-256 of each.</summary>
    public IReadOnlyList<(string Path, string Sha256)> Write(ArenaGroup group, IReadOnlyList<ModelJob> members)
    {
        string[] headers = [.. Files(group.Name, members, paths)];
        written.AddRange(headers);
        paths.WriteLines(lists.Groups, written.Concat(paths.Lines(lists.Groups)).Distinct(StringComparer.Ordinal));
        using var outputs = new OwnedOutputs(paths.Owner, FileLists.RecordOfGroup(group.Name));
        foreach (string header in Beside(members, group.HeaderFile, paths))
            outputs.Add(paths.Absolute(header), stream => ArenaGroupHeader.Write(group, stream));
        ModelJob[] registering = Registering(members);
        if (registering.Length > 0)
        {
            var resolver = OpResolver.OfWords(group.Members.Where(member => registering.Any(job => job.Symbol == member.Symbol))
                .Select(member => member.Operators));
            var generator = new CodeGenerator();
            foreach (string header in Beside(registering, group.Names.OpResolverFile, paths))
                outputs.Add(paths.Absolute(header), stream => generator.WriteOpResolver(group.Name, resolver, stream));
        }
        return [.. outputs.TakePlace().Select((output, i) => (headers[i], output.Sha256))];
    }

    /// <summary>Deletes headers of groups that are no more.</summary>
    /// <returns>The files that are not what we wrote, and stay.</returns>
    public IReadOnlyList<string> Forget()
    {
        var now = new HashSet<string>(written.Select(paths.Absolute), StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> kept = lists.RemoveOfGroups([.. paths.Lines(lists.Groups).Where(old => !now.Contains(paths.Absolute(old)))]);
        if (written.Count > 0)
            paths.WriteLines(lists.Groups, written);
        else
            paths.Delete(lists.Groups);
        return kept;
    }

    private static ModelJob[] Registering(IEnumerable<ModelJob> members) => members.Where(member => member.OpResolverFile.Length > 0).ToArray();

    private static string[] Beside(IEnumerable<ModelJob> members, string name, ProjectPaths paths) =>
        members.Select(member => member.BesideHeader(name)).GroupBy(paths.Absolute).Select(same => same.First()).ToArray();
}
