using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Runtime.Running;

/// <summary>Node.js and the npm packages with the runtimes, installed by the lock file beside this project's other intermediate files.</summary>
internal static class RuntimePackages
{
    private static readonly string Project = RepositoryFiles.PathOf("tests", "TinyReorder.Runtime.Tests");
    private static readonly Lazy<(string? Folder, string Reason)> Installed = new(() => new NpmPackages(Project, Path.Combine(Project, "obj", "npm"))
        .Install());

    public static string Script { get; } = Path.Combine(Project, "run-models.cjs");

    /// <summary>The folder <c>node_modules</c>; skips the test where it cannot be had.</summary>
    public static string Require()
    {
        Skip.If(Installed.Value.Folder is null, Installed.Value.Reason);
        return Installed.Value.Folder!;
    }
}
