namespace TinyReorder.Tests.Harness;

/// <summary>The library's package, packed once, with a folder for projects that use it.</summary>
public sealed class PackedCore : IDisposable
{
    public const string Version = "0.0.1-test";

    public PackedCore()
    {
        string[] arguments = ["pack", Repository.PathOf("src", "TinyReorder.Core"), "--no-build", "-c", Repository.Configuration, "-o", Feed];
        (int exitCode, string output) = Command.Run(Repository.Root, "dotnet", [.. arguments, "-p:PackageVersion=" + Version]);
        if (exitCode != 0)
            throw new InvalidOperationException("dotnet pack fails:\n" + output);
        File.WriteAllText(Path.Combine(Directory, "NuGet.config"), $"""
            <configuration><packageSources><clear /><add key="feed" value="{Feed}" /><add key="restored" value="{Restored}" /></packageSources></configuration>
            """);
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("tinyreorder-").FullName;

    public string PackageFile => Path.Combine(Feed, $"TinyReorder.Core.{Version}.nupkg");

    /// <summary>A package folder of its own, so that no cache keeps a package of this version.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(PackedPackage.Steady) { ["NUGET_PACKAGES"] = Path.Combine(Directory, "packages") };

    private string Feed => Path.Combine(Directory, "feed");

    /// <summary>The packages that the build of this repository restored, where the library's dependencies are too.</summary>
    private static string Restored => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
