using System.Globalization;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>The package, packed from what was built with the tests, and a NuGet configuration that knows no other source.</summary>
public sealed class InstalledTool : IDisposable
{
    private readonly Workspace folder = new();

    public InstalledTool()
    {
        string configuration = typeof(InstalledTool).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Configuration").Value!;
        // A version that no cache has seen.
        Version = "0.0.1-test." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);
        _ = Dotnet(RepositoryFiles.Root, "pack", "src/TinyReorder.Cli", "--no-build", "-c", configuration, "-o", folder.PathOf("feed"),
            "-p:PackageVersion=" + Version).Fine;
        Configuration = folder.Write("NuGet.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        _ = Dotnet(folder.Folder, ["tool", "install", "tinyreorder", "--tool-path", ToolPath, .. Source]).Fine;
    }

    public string Version { get; }

    public string Feed => folder.PathOf("feed");

    public string ToolPath => folder.PathOf("tools");

    /// <summary>What makes <c>dotnet tool install</c> take this package and no other.</summary>
    public IReadOnlyList<string> Source => ["--add-source", Feed, "--version", Version, "--configfile", Configuration];

    private string Configuration { get; } = "";

    /// <summary>Variables with which a process finds the tool, and the tool its runtime.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("PATH", ToolPath + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH")),
        ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "..", "..", "..", ".."))),
        ("NUGET_PACKAGES", folder.PathOf("packages")),
    ];

    public ProgramRun Run(string directory, params string[] arguments) =>
        Program.Run(directory, Path.Combine(ToolPath, "tinyreorder"), arguments, Environment);

    public ProgramRun Dotnet(string directory, params string[] arguments) => Program.Run(directory, "dotnet", arguments, Environment);

    public void Dispose() => folder.Dispose();
}
