using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Build;

/// <summary>
/// The project's record of its last good run: its fingerprint, a line a generated file with its kind, symbol, model, path, size and time, and content, and a
/// line a warning. TinyReorder.Build.targets reads it without loading the task.
/// </summary>
internal sealed class GeneratedRecord
{
    /// <summary>Stands between the parts of a line, so that no path may have it.</summary>
    public const char Separator = '|';

    // A warning may have it: this stands for it there.
    private const char SeparatorInText = '\uE07C';
    private const string FingerprintKind = "Fingerprint", WarningKind = "Warning";

    private readonly List<(string Kind, string Symbol, string Model, string Path, string Sha256)> files = [];

    /// <summary>Adds a generated file that lies in its place.</summary>
    public void Add(string kind, string symbol, string model, string path, string sha256) => files.Add((kind, symbol, model, path, sha256));

    /// <summary>Writes the record of a run that was good.</summary>
    /// <param name="paths">The project's paths.</param>
    /// <param name="file">The record.</param>
    /// <param name="fingerprint">What the run was made of.</param>
    /// <param name="warnings">What every build tells again while nothing changes.</param>
    public void Write(ProjectPaths paths, string file, string fingerprint, IEnumerable<Diagnostic> warnings) => paths.WriteLines(
        file,
        new[] { Line(FingerprintKind, fingerprint) }
            .Concat(files.Select(output => Line(output.Kind, output.Symbol, output.Model, output.Path, Stamp(paths.Absolute(output.Path)), output.Sha256)))
            .Concat(warnings.Select(warning => Line(WarningKind, warning.Code, Text(warning.File ?? ""), Text(warning.Message)))));

    /// <summary>Takes the fingerprint away, so that a run that fails or is broken off is repeated.</summary>
    public static void Invalidate(ProjectPaths paths, string file)
    {
        IReadOnlyList<string> lines = paths.Lines(file);
        if (lines.Count > 0)
            paths.WriteLines(file, lines.Where(line => !line.StartsWith(FingerprintKind + Separator, StringComparison.Ordinal)));
    }

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", file.Length, file.LastWriteTimeUtc.Ticks) : "";
    }

    private static string Line(params string[] parts) => string.Join(Separator.ToString(), parts);

    /// <summary>MSBuild's own task tells it, so that it has to be fit to be told.</summary>
    private static string Text(string text) => ForeignText.Line(text).Replace(Separator, SeparatorInText);
}
