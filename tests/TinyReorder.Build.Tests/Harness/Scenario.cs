namespace TinyReorder.Tests.Harness;

/// <summary>A project of its own directory that restores the package and is built for real.</summary>
public sealed class Scenario
{
    private const string UsualFile = "project.csproj", UsualFramework = $"<TargetFramework>{Sdk.Framework}</TargetFramework>";

    private readonly PackedPackage package = PackedPackage.Shared;
    private int builds;
    private bool isRestored, isUsual;

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

    /// <summary>
    /// Writes the project: on Microsoft.Build.NoTargets, with <paramref name="items"/> and <paramref name="properties"/> as the user would write them.
    /// </summary>
    public Scenario Project(string items, string properties = "", string sdk = Sdk.NoTargets, string framework = UsualFramework, string targets = "")
    {
        isUsual = sdk == Sdk.NoTargets && framework == UsualFramework;
        Write(UsualFile, $"""
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

    /// <summary>Runs MSBuild on the project in this process where that is the same; else the command, as for a project that has to be restored.</summary>
    public BuildRun Run(string verb, params string[] arguments)
    {
        if (!isRestored && isUsual && RestoredProject.CanServe(Directory))
        {
            RestoredProject.Usual.CopyTo(Directory);
            isRestored = true;
        }
        if (!isRestored || !InProcess.Knows(verb, arguments))
            return RunCommand(verb, arguments);
        string log = NextLog();
        (int exitCode, string output) = InProcess.Run(verb, arguments, PathOf(UsualFile), log);
        return new BuildRun(exitCode, output, log);
    }

    /// <summary>Runs <c>dotnet</c> on <paramref name="target"/>; restores the first time.</summary>
    public BuildRun RunCommand(string verb, string[] arguments, string target = UsualFile)
    {
        string log = NextLog();
        List<string> all = [verb, target, "-nodeReuse:false", "-v:m", $"-bl:{log};ProjectImports=None", .. arguments];
        if (verb is "build" or "publish" && isRestored)
            all.Add("--no-restore");
        (int exitCode, string output) = Command.Run(Directory, "dotnet", all, package.Environment);
        isRestored = true;
        return new BuildRun(exitCode, output, log);
    }

    private string NextLog() => PathOf($"run{++builds}.binlog");
}
