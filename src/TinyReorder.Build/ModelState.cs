using TinyReorder.Diagnostics;
using TinyReorder.Output;
using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>
/// What a model's last good run was made of and came to. A file of parts with an empty line between them: the settings, the sizes, the outputs, the warnings.
/// </summary>
internal static class ModelState
{
    private const int Parts = 4;
    private const char Separator = '|';

    /// <summary>The last run where each output still is what it wrote, or null with the reason why the model has to run.</summary>
    public static KeptRun? Current(ModelJob job, ProjectPaths paths, out string reason)
    {
        KeptRun? kept = Kept(job, paths, out reason);
        if (kept is null)
            return null;
        foreach ((string _, string path) in job.GeneratedFiles)
        {
            string? written = kept.Outputs.FirstOrDefault(output => output.Path == path).Sha256;
            if (paths.Exists(path) && written == ContentHash.OfFile(paths.Absolute(path)))
                continue;
            reason = path + (paths.Exists(path) ? " is not what was written" : " is missing");
            return null;
        }
        return kept;
    }

    /// <summary>The same, whether or not the files are still there.</summary>
    public static KeptRun? Kept(ModelJob job, ProjectPaths paths, out string reason)
    {
        reason = "it has not run yet";
        string[][] parts = Split(paths.Lines(job.StateFile));
        if (parts.Length != Parts)
            return null;
        string[] then = parts[0], now = job.Settings.Split('\n');
        if (!then.SequenceEqual(now))
        {
            IEnumerable<string> changed = then.Except(now).Concat(now.Except(then)).Select(NameOf).Distinct();
            reason = string.Join(", ", changed) + " changed";
            return null;
        }
        if (ModelFootprint.WithSizes(parts[1], job.Name, job.Symbol) is not { } footprint)
            return null;
        (string, string)[] outputs = [.. Pairs(parts[2]).Select(pair => (pair[1], pair[0]))];
        Diagnostic[] warnings = [.. Pairs(parts[3]).Select(pair => Diagnostic.Warning(pair[0], pair[1]))];
        return new KeptRun(job.With(footprint), outputs, warnings);
    }

    public static void Write(ModelJob job, ProjectPaths paths, KeptRun run) => paths.WriteLines(
        job.StateFile,
        job.Settings.Split('\n').Append("").Concat(run.Footprint.SizeLines()).Append("")
            .Concat(run.Outputs.Select(output => output.Sha256 + Separator + output.Path)).Append("")
            .Concat(run.Warnings.Select(warning => warning.Code + Separator + warning.Message)));

    private static string[][] Split(IReadOnlyList<string> lines)
    {
        var parts = new List<List<string>> { new() };
        foreach (string line in lines)
        {
            if (line.Length == 0)
                parts.Add([]);
            else
                parts[parts.Count - 1].Add(line);
        }
        return parts.Select(part => part.ToArray()).ToArray();
    }

    private static IEnumerable<string[]> Pairs(IEnumerable<string> lines) => lines.Select(line => line.Split([Separator], 2)).Where(pair => pair.Length == 2);

    private static string NameOf(string setting) => setting.Split('=', '|')[0];
}
