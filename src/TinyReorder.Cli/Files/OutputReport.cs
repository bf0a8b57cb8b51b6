using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Cli.Files;

/// <summary>Writes the reports that a command line names.</summary>
internal static class OutputReport
{
    /// <summary>Refuses what cannot be meant, before any work.</summary>
    /// <exception cref="TinyReorderException">A path is empty, names an input, or stands for two files: TINY5003.</exception>
    public static void Check(IReadOnlyList<string> inputs, IEnumerable<(string Option, string? Path)> outputs)
    {
        var known = new HashSet<string>(inputs.Select(FinalPath.Of), FinalPath.Comparer);
        foreach ((string option, string? path) in outputs)
        {
            if (path is null)
                continue;
            if (string.IsNullOrWhiteSpace(path))
                throw Bad($"{option} is empty; name the file to write");
            if (!known.Add(FinalPath.Of(path)))
                throw Bad($"{option} would write '{path}', which this run reads or writes already; name another file");
        }
    }

    /// <summary>Writes <paramref name="content"/> whole, in UTF-8, and only when it differs from what is there.</summary>
    /// <exception cref="TinyReorderException">The file cannot be written: TINY5006.</exception>
    public static WrittenFile Write(string path, string content) => Write([(path, content)])[0];

    /// <summary>The same for several files, all or none.</summary>
    /// <exception cref="TinyReorderException">A file cannot be written: TINY5006.</exception>
    public static IReadOnlyList<WrittenFile> Write(IEnumerable<(string Path, string Content)> files)
    {
        using var outputs = new OutputSet();
        foreach ((string path, string content) in files)
            outputs.Add(path, Encoding.UTF8.GetBytes(content));
        return [.. outputs.TakePlace().Select(file => new WrittenFile(file.Path, file.Changed))];
    }

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
