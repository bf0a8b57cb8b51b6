namespace TinyReorder.Build;

/// <summary>
/// The project's record of its last good run, and the output of the target that runs the task: a line a generated file with its kind, symbol, model and path, which
/// TinyReorder.Build.targets makes items of without loading the task.
/// </summary>
internal sealed class GeneratedRecord
{
    /// <summary>Stands between the parts of a line, so that no path may have it.</summary>
    public const char Separator = '|';

    private readonly List<string> lines = [];

    public void Add(string kind, string symbol, string model, string path) => lines.Add(string.Join(Separator.ToString(), kind, symbol, model, path));

    /// <summary>Writes the record, always: its time stamp is what the target goes by.</summary>
    public void Write(ProjectPaths paths, string file)
    {
        paths.Delete(file);
        paths.WriteLines(file, lines);
    }
}
