namespace TinyReorder.Tests.Harness;

/// <summary>A project of its own directory that restores the package and is built for real.</summary>
public sealed class Scenario
{
    private readonly PackedPackage package = PackedPackage.Shared;
    private int builds;
    private bool restored;

    public Scenario(string name = "project")
    {
        Directory = Path.Combine(package.Directory, Guid.NewGuid().ToString("N")[..8], name);
        System.IO.Directory.CreateDirectory(Directory);
    }

    public string Directory { get; }

    /// <summary>Where generated files go by default.</summary>
    public string Generated => PathOf("obj", "Debug", Sdk.Framework, "tinyreorder");

    public string PathOf(params string[] parts) => Path.Combine([Directory, .. parts]);

    public string GeneratedFile(string name) => Path.Combine(Generated, name);

    public string Write(string name, string text)
    {
        string path = PathOf(name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string name, byte[] bytes)
    {
        string path = PathOf(name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Writes the project: on Microsoft.Build.NoTargets, with <paramref name="items"/> and <paramref name="properties"/> as the user would write them.</summary>
    public Scenario Project(string items, string properties = "", string sdk = Sdk.NoTargets, string framework = $"<TargetFramework>{Sdk.Framework}</TargetFramework>", string targets = "")
    {
        Write("project.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                {framework}
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TinyReorder.Build" Version="{package.Version}" PrivateAssets="all" />
                {items}
              </ItemGroup>
              {targets}
            </Project>
            """);
        return this;
    }

    public BuildRun Build(params string[] arguments) => Run("build", arguments);

    public BuildRun Clean(params string[] arguments) => Run("clean", arguments);

    /// <summary>Runs a command on <paramref name="target"/>; restores the first time.</summary>
    public BuildRun Run(string verb, string[] arguments, string target = "project.csproj")
    {
        string log = PathOf($"run{++builds}.binlog");
        List<string> all = [verb, target, "-nodeReuse:false", "-v:m", "-bl:" + log, .. arguments];
        if (verb is "build" or "publish" && restored)
            all.Add("--no-restore");
        (int exitCode, string output) = Command.Run(Directory, "dotnet", all, package.Environment);
        restored = true;
        return new BuildRun(exitCode, output, log);
    }
}
