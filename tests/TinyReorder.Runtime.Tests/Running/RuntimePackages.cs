using System.ComponentModel;
using System.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Runtime.Running;

/// <summary>Node.js and the npm packages with the runtimes, installed by the lock file beside this project's other intermediate files.</summary>
internal static class RuntimePackages
{
    private static readonly string[] Manifests = ["package.json", "package-lock.json", ".npmrc"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly Lazy<(string? Folder, string Reason)> Installed = new(Install);

    public static string Script { get; } = RepositoryFiles.PathOf("tests", "TinyReorder.Runtime.Tests", "run-models.cjs");

    /// <summary>The folder <c>node_modules</c>; skips the test where it cannot be had.</summary>
    public static string Require()
    {
        Skip.If(Installed.Value.Folder is null, Installed.Value.Reason);
        return Installed.Value.Folder!;
    }

    /// <summary>Runs a program to its end, or kills it when it takes longer than tests should.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} runs for more than {Longest}");
        }
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    private static (string? Folder, string Reason) Install()
    {
        string project = RepositoryFiles.PathOf("tests", "TinyReorder.Runtime.Tests"), folder = Path.Combine(project, "obj", "npm");
        // npm writes this file last, as an image of the lock file.
        string packages = Path.Combine(folder, "node_modules"), last = Path.Combine(packages, ".package-lock.json");
        try
        {
            (int nodeCode, string version, _) = Run(project, "node", "--version");
            if (nodeCode != 0)
                return (null, "node does not start");
            if (File.Exists(last) && Manifests.All(name => File.ReadAllText(Path.Combine(project, name)) == ReadOrEmpty(Path.Combine(folder, name))))
                return (packages, "");
            Directory.CreateDirectory(folder);
            foreach (string name in Manifests)
                File.Copy(Path.Combine(project, name), Path.Combine(folder, name), overwrite: true);
            (int code, _, string errors) = Run(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000");
            return code == 0 && File.Exists(last) ? (packages, "") : (null, $"npm ci fails (node {version.Trim()}): {errors.Trim().Split('\n')[0]}");
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            return (null, $"node with npm is needed to run models in TensorFlow Lite: {e.Message}");
        }
    }

    private static string ReadOrEmpty(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
