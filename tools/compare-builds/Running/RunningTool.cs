using System.Text;

namespace TinyReorder.CompareBuilds.Running;

/// <summary>A build that runs command lines, one after another.</summary>
/// <param name="build">The full path of the build.</param>
internal abstract class RunningTool(string build) : IDisposable
{
    private readonly string buildFolder = Path.GetDirectoryName(build) + Path.DirectorySeparatorChar;

    /// <summary>The full path of the build.</summary>
    protected string Build { get; } = build;

    /// <summary>A run that takes longer is ended.</summary>
    protected static TimeSpan Longest { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The exit code of a run that took too long.</summary>
    protected const int TookTooLong = -1;

    /// <summary>Runs it in a new folder that holds a copy of the model.</summary>
    public async Task<ToolRun> RunAsync(string model, OptionSet options, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        string name = Path.GetFileName(model);
        File.Copy(model, Path.Combine(folder, name));
        ToolRun run = await RunAsync(folder, options.ArgumentsFor(name), cancellation);
        Dictionary<string, byte[]> files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file => WithoutPlaces(File.ReadAllBytes(file), folder));
        return run with { Output = WithoutPlaces(run.Output, folder), Errors = WithoutPlaces(run.Errors, folder), Files = files };
    }

    public abstract void Dispose();

    /// <summary>Runs it in <paramref name="folder"/>.</summary>
    protected abstract Task<ToolRun> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation);

    // Where the build and its outputs lie differs on purpose.
    private string WithoutPlaces(string text, string folder) => text
        .Replace(folder, "FOLDER", StringComparison.Ordinal)
        .Replace(buildFolder, "BUILD/", StringComparison.Ordinal);

    // Latin-1 keeps every byte as it is.
    private byte[] WithoutPlaces(byte[] content, string folder)
    {
        bool isNamed = new[] { folder, buildFolder }.Any(place => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(place)) >= 0);
        string Latin(string place) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(place));
        return !isNamed ? content : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(content)
            .Replace(Latin(folder), "FOLDER", StringComparison.Ordinal)
            .Replace(Latin(buildFolder), "BUILD/", StringComparison.Ordinal));
    }
}
