using System.Runtime.InteropServices;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>What <c>tools/release/build.sh</c> makes for the machine of the tests, made once, and a PATH on which there is no .NET.</summary>
public sealed class ReleaseFiles : IDisposable
{
    private readonly Workspace folder = new();
    private readonly Lazy<string> files;
    private readonly Lazy<(string Name, string Value)[]> environment;

    public ReleaseFiles()
    {
        files = new Lazy<string>(Build);
        environment = new Lazy<(string Name, string Value)[]>(HideDotnet);
    }

    /// <summary>The executable that the packages hold.</summary>
    public static string Executable => RepositoryFiles.PathOf("artifacts", "publish", "linux-x64", "tinyreorder");

    /// <summary>Variables of a process that has every program of this machine but .NET.</summary>
    public (string Name, string Value)[] WithoutDotnet => environment.Value;

    /// <summary>The folder with the packages.</summary>
    /// <exception cref="SkipException">The machine cannot compile them.</exception>
    public string Folder
    {
        get
        {
            Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is Architecture.X64, "made for linux-x64 only");
            Program.Need("bash", "python3", "gcc");
            Skip.If(Program.Run(folder.Folder, "gcc", ["-shared", "-x", "c", "/dev/null", "-o", "/dev/null", "-lz"]).ExitCode != 0,
                "zlib1g-dev is not installed (.ci/run does)");
            return files.Value;
        }
    }

    /// <summary>The one package whose name matches.</summary>
    public string File(string pattern) => Directory.GetFiles(Folder, pattern).Single();

    public void Dispose() => folder.Dispose();

    private string Build()
    {
        string output = folder.PathOf("release");
        _ = Program.Run(RepositoryFiles.Root, "bash", ["tools/release/build.sh", "--output", output, "archive", "wheel", "npm", "deb"]).Fine;
        return output;
    }

    private (string Name, string Value)[] HideDotnet()
    {
        string path = folder.PathOf("programs");
        Directory.CreateDirectory(path);
        string[] folders = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
        foreach (string program in folders.Where(Directory.Exists).SelectMany(Directory.GetFiles))
        {
            string link = Path.Combine(path, Path.GetFileName(program));
            if (Path.GetFileName(program) is not ("dotnet" or "dnx" or "tinyreorder") && !System.IO.File.Exists(link))
                System.IO.File.CreateSymbolicLink(link, program);
        }
        return [("PATH", path), ("DOTNET_ROOT", folder.PathOf("no dotnet")), ("HOME", folder.Folder), ("npm_config_cache", folder.PathOf("npm"))];
    }
}
