using System.ComponentModel;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// The packages of npm that a folder's <c>package.json</c> and lock file name, installed elsewhere, so that sources and packages stay apart.
/// </summary>
/// <param name="source">The folder with the two files, and <c>.npmrc</c> if there is one.</param>
/// <param name="folder">Where they are installed.</param>
internal sealed class NpmPackages(string source, string folder)
{
    private static readonly string[] Manifests = ["package.json", "package-lock.json", ".npmrc"];

    /// <summary>Installs what the lock file says, unless it is there.</summary>
    /// <param name="verb">What npm is told: <c>ci</c>, or <c>install</c> for a lock file that lacks optional packages.</param>
    /// <param name="options">What else.</param>
    /// <returns>The folder <c>node_modules</c>, or null and why not.</returns>
    public (string? Folder, string Reason) Install(string verb = "ci", params string[] options)
    {
        // npm writes this file last, as an image of the lock file.
        string packages = Path.Combine(folder, "node_modules"), last = Path.Combine(packages, ".package-lock.json");
        try
        {
            (int nodeCode, string version, _) = ProgramRunner.Run(source, "node", "--version");
            if (nodeCode != 0)
                return (null, "node does not start");
            if (File.Exists(last) && Manifests.All(name => ReadOrEmpty(Path.Combine(source, name)) == ReadOrEmpty(Path.Combine(folder, name))))
                return (packages, "");
            Directory.CreateDirectory(folder);
            foreach (string name in Manifests.Where(name => File.Exists(Path.Combine(source, name))))
                File.Copy(Path.Combine(source, name), Path.Combine(folder, name), overwrite: true);
            (int code, _, string errors) = ProgramRunner.Run(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                [verb, "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000", .. options]);
            return code == 0 && File.Exists(last)
                ? (packages, "")
                : (null,
                $"npm {verb} fails (node {version.Trim()}): "
                + $"{errors.Split('\n').FirstOrDefault(line => line.StartsWith("npm error", StringComparison.Ordinal))}");
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            return (null, $"node with npm is needed: {e.Message}");
        }
    }

    private static string ReadOrEmpty(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
