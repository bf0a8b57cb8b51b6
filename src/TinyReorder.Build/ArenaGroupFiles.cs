using TinyReorder.CodeGeneration;
using TinyReorder.Output;
using TinyReorder.Projects;
using TinyReorder.Tflite;

namespace TinyReorder.Build;

/// <summary>
/// The headers of arena groups, with the arena's size and with the operators of all members: in each directory that has a header of a member, so that all are found in the same place.
/// </summary>
internal sealed class ArenaGroupFiles(ProjectPaths paths)
{
    private readonly List<string> written = [];

    private string FileList => Path.Combine(paths.StateDirectory, "arena.groups");

    /// <summary>Writes the headers of <paramref name="group"/> when they differ, and returns where.</summary>
    public IReadOnlyList<string> Write(ArenaGroup group, IReadOnlyList<ModelJob> members)
    {
        string[] arenas = Beside(members, group.HeaderFile);
        foreach (string header in arenas)
            OutputFile.WriteIfChanged(paths.Absolute(header), stream => ArenaGroupHeader.Write(group, stream));
        ModelJob[] registering = members.Where(member => member.OpResolverFile.Length > 0).ToArray();
        string[] operators = Beside(registering, group.Names.OpResolverFile);
        if (operators.Length > 0)
        {
            OpResolver resolver = OpResolver.Of(registering.Select(member => TfliteModel.Load(InputFile.Read(paths.Absolute(member.Name), member.Name), member.Name)).ToArray());
            var generator = new CodeGenerator();
            foreach (string header in operators)
                OutputFile.WriteIfChanged(paths.Absolute(header), stream => generator.WriteOpResolver(group.Name, resolver, stream));
        }
        string[] headers = [.. arenas, .. operators];
        written.AddRange(headers);
        return headers;
    }

    /// <summary>Deletes headers of groups that are no more.</summary>
    public void Forget()
    {
        var now = new HashSet<string>(written.Select(paths.Absolute), StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> before = paths.Lines(FileList);
        foreach (string old in before.Where(old => !now.Contains(paths.Absolute(old))))
            paths.Delete(old);
        if (written.Count > 0)
            paths.WriteLines(FileList, written);
        else if (before.Count > 0)
            paths.Delete(FileList);
    }

    private string[] Beside(IEnumerable<ModelJob> members, string name) => members.Select(member => member.BesideHeader(name)).GroupBy(paths.Absolute).Select(same => same.First()).ToArray();
}
