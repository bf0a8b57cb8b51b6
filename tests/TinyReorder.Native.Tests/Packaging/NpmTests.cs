using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>The npm packages, installed offline from their files and run where there is no .NET.</summary>
[Collection(SharedRelease.Name)]
[Trait("Category", "Slow")]
public sealed class NpmTests(ReleaseFiles release) : IDisposable
{
    private readonly Workspace project = new();

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void The_launcher_runs_the_executable_of_the_platform()
    {
        Program.Need("node", "npm");
        string executable = release.File("tinyreorder-linux-x64-*.tgz");
        string launcher = Directory.GetFiles(release.Folder, "*.tgz").Single(file => file != executable);
        project.Write("package.json", "{ \"private\": true }\n");
        _ = Run("npm", "install", "--offline", "--no-audit", "--no-fund", launcher, executable).Fine;
        project.Write("kws.tflite", NativeModels.Branched());
        Assert.Contains("no order has a lower one", Run("node_modules/.bin/tinyreorder", "analyze", "kws.tflite").Fine, StringComparison.Ordinal);
        Assert.Equal(3, Run("node_modules/.bin/tinyreorder", "analyse").ExitCode);
        string path = Run("node", "-p", "require('tinyreorder').executable()").Fine.Trim();
        Assert.Equal(File.ReadAllBytes(ReleaseFiles.Executable), File.ReadAllBytes(path));

        Directory.Delete(project.PathOf("node_modules/@tinyreorder"), recursive: true);
        string output = Run("node_modules/.bin/tinyreorder", "--version").Failed;
        Assert.Contains("tinyreorder : error: the package @tinyreorder/linux-x64 is not installed", output, StringComparison.Ordinal);
    }

    private ProgramRun Run(string program, params string[] arguments) =>
        Program.Run(project.Folder, program.Contains('/', StringComparison.Ordinal) ? project.PathOf(program) : program, arguments, release.WithoutDotnet);
}
