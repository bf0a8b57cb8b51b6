using System.Globalization;

namespace TinyReorder.Tests.Harness;

/// <summary>The package, packed once for all scenarios under a version that no cache has seen.</summary>
public sealed class PackedPackage
{
    private static readonly Lazy<PackedPackage> Once = new(() => new PackedPackage());

    private PackedPackage()
    {
        Version = "0.0.1-test." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(Directory!, recursive: true);
        Directory = System.IO.Directory.CreateTempSubdirectory("tinyreorder-").FullName;
        Environment = new Dictionary<string, string>(Steady) { ["NUGET_PACKAGES"] = Repository.PathOf("artifacts", "scenario-packages") };
        (int exitCode, string output) = Command.Run(Repository.Root, "dotnet",
            ["pack", Repository.PathOf("src", "TinyReorder.Build"), "--no-build", "-c", Repository.Configuration, "-o", Feed, "-p:PackageVersion=" + Version]);
        if (exitCode != 0)
            throw new InvalidOperationException("dotnet pack fails:\n" + output);
        ForgetEarlierVersions();
        File.WriteAllText(Path.Combine(Directory, "NuGet.config"),
            $"""<configuration><packageSources><add key="scenarios" value="{Feed}" /></packageSources></configuration>""");
    }

    /// <summary>What makes builds start fresh and speak plainly.</summary>
    public static IReadOnlyDictionary<string, string> Steady { get; } = new Dictionary<string, string>
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        // A build ends before what it would compile once more is worth it.
        ["DOTNET_TieredPGO"] = "0",
    };

    public static PackedPackage Shared => Once.Value;

    public string Version { get; }

    /// <summary>A directory above all scenarios, outside of the repository, whose build files they would inherit.</summary>
    public string Directory { get; }

    public string Feed => Path.Combine(Directory, "feed");

    public string PackageFile => Path.Combine(Feed, $"TinyReorder.Build.{Version}.nupkg");

    public IReadOnlyDictionary<string, string> Environment { get; }

    private void ForgetEarlierVersions()
    {
        string cached = Path.Combine(Environment["NUGET_PACKAGES"], "tinyreorder.build");
        if (System.IO.Directory.Exists(cached))
            System.IO.Directory.Delete(cached, recursive: true);
    }
}
