using System.Text.RegularExpressions;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>The archive and the Debian package as someone without .NET unpacks and runs them.</summary>
[Collection(SharedRelease.Name)]
[Trait("Category", "Slow")]
public sealed class ArchiveTests(ReleaseFiles release) : IDisposable
{
    private readonly Workspace project = new();

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void The_archive_runs_and_holds_the_licences_of_what_is_inside()
    {
        string archive = release.File("tinyreorder-*-linux-x64.tar.gz");
        _ = Program.Run(project.Folder, "tar", ["xzf", archive]).Fine;
        string folder = Directory.GetDirectories(project.Folder).Single();
        Assert.Equal(
            ["DOTNET-LICENSE.txt", "DOTNET-THIRD-PARTY-NOTICES.txt", "LICENSE", "README.md", "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json", "tinyreorder"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.InRange(new FileInfo(Path.Combine(folder, "tinyreorder")).Length, 1_000_000, 30_000_000);
        project.Write("kws.tflite", NativeModels.Branched());
        ProgramRun run = Program.Run(project.Folder, Path.Combine(folder, "tinyreorder"), ["analyze", "kws.tflite", "--board", "nano33ble"],
            release.WithoutDotnet);
        Assert.Contains("no order has a lower one", run.Fine, StringComparison.Ordinal);

        // Each assembly of others that the managed tool has is in the executable too, and the notices name it; so does the bill of materials.
        string notices = File.ReadAllText(Path.Combine(folder, "THIRD-PARTY-NOTICES.txt")), bill = File.ReadAllText(Path.Combine(folder, "sbom.cdx.json"));
        string[] others = [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => name is "Google.FlatBuffers" or "Scriban.Signed" or "Spectre.Console" or "System.CommandLine")];
        Assert.Equal(4, others.Length);
        Assert.All(others, name =>
        {
            Assert.Contains(name, notices, StringComparison.Ordinal);
            Assert.Contains($"\"name\": \"{name}\"", bill, StringComparison.Ordinal);
        });
        Assert.Contains("\"name\": \"Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64\"", bill, StringComparison.Ordinal);
        Assert.Contains("The MIT License", File.ReadAllText(Path.Combine(folder, "DOTNET-LICENSE.txt")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_same_executable_is_packed_into_the_same_bytes_and_the_checksums_are_theirs()
    {
        string again = project.PathOf("again");
        _ = Program.Run(RepositoryFiles.Root, "python3", ["tools/release/release.py", "--runtime", "linux-x64", "--native", "--published",
            Path.GetDirectoryName(ReleaseFiles.Executable)!, "--output", again, "archive", "wheel", "npm"]).Fine;
        string[] files = [.. Directory.GetFiles(again).Select(path => Path.GetFileName(path))];
        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(release.Folder, file)), File.ReadAllBytes(Path.Combine(again, file))));
        ProgramRun sums = Program.Run(release.Folder, "sha256sum", ["--strict", "-c", "SHA256SUMS"]);
        Assert.Equal(Directory.GetFiles(release.Folder).Length - 1, Regex.Count(sums.Fine, ": OK"));
    }

    [SkippableFact]
    public void The_Debian_package_holds_the_tool()
    {
        Program.Need("dpkg-deb");
        string package = release.File("*.deb"), root = project.PathOf("root");
        Assert.Contains("Depends: libc6 (>= 2.34)", Program.Run(project.Folder, "dpkg-deb", ["-f", package]).Fine, StringComparison.Ordinal);
        _ = Program.Run(project.Folder, "dpkg-deb", ["-x", package, root]).Fine;
        Assert.True(File.Exists(Path.Combine(root, "usr/share/doc/tinyreorder/copyright")));
        Assert.Contains("nano33ble", Program.Run(project.Folder, Path.Combine(root, "usr/bin/tinyreorder"), ["boards", "nano33"], release.WithoutDotnet).Fine,
            StringComparison.Ordinal);
    }
}
