using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>What a model's last good run was made of and came to. A file: the settings, an empty line, the sizes.</summary>
internal static class ModelState
{
    /// <summary>The footprint of the last run, or null with the reason why the model has to run.</summary>
    public static ModelFootprint? Current(ModelJob job, ProjectPaths paths, out string reason)
    {
        ModelFootprint? footprint = Kept(job, paths, out reason);
        if (footprint is not null && job.GeneratedFiles.Select(file => file.Path).FirstOrDefault(file => !paths.Exists(file)) is { } missing)
        {
            reason = missing + " is missing";
            return null;
        }
        return footprint;
    }

    /// <summary>The same, whether or not the files are still there.</summary>
    public static ModelFootprint? Kept(ModelJob job, ProjectPaths paths, out string reason)
    {
        reason = "it has not run yet";
        IReadOnlyList<string> lines = paths.Lines(job.StateFile);
        int end = lines.ToList().IndexOf("");
        if (end < 0)
            return null;
        string[] then = lines.Take(end).ToArray(), now = job.Settings.Split('\n');
        if (!then.SequenceEqual(now))
        {
            IEnumerable<string> changed = then.Except(now).Concat(now.Except(then)).Select(NameOf).Distinct();
            reason = string.Join(", ", changed) + " changed";
            return null;
        }
        return ModelFootprint.WithSizes(lines.Skip(end + 1).ToArray(), job.Name, job.Symbol) is { } footprint ? job.With(footprint) : null;
    }

    public static void Write(ModelJob job, ProjectPaths paths, ModelFootprint footprint) =>
        paths.WriteLines(job.StateFile, job.Settings.Split('\n').Append("").Concat(footprint.SizeLines()));

    private static string NameOf(string setting) => setting.Split('=', '|')[0];
}
