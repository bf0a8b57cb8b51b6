using System.Diagnostics;

namespace TinyReorder.Benchmarks.Building;

/// <summary>
/// A project in a directory of its own that takes the package's files from the tree, as the samples do, and is built by <c>dotnet build</c>.
/// </summary>
internal sealed class TimedProject
{
    private readonly string directory;

    /// <param name="parent">Where its directory goes.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="repository">The root of the tree; null leaves the package out altogether.</param>
    /// <param name="items">What stands in its ItemGroup.</param>
    public TimedProject(string parent, string name, string? repository, string items)
    {
        Name = name;
        directory = Path.Combine(parent, name.Replace(' ', '-'));
        Directory.CreateDirectory(directory);
        Write("project.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net{Environment.Version.Major}.0</TargetFramework></PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """);
        if (repository is null)
            return;
        Write("Directory.Build.props", $"""<Project><Import Project="{repository}/build/TinyReorder.Build.props" /></Project>""");
        Write("Directory.Build.targets", $"""
            <Project>
              <PropertyGroup><TinyReorderTasksDirectory>{repository}/src/TinyReorder.Build/bin/Release/net8.0/</TinyReorderTasksDirectory></PropertyGroup>
              <Import Project="{repository}/build/TinyReorder.Build.targets" />
            </Project>
            """);
    }

    public string Name { get; }

    /// <summary>What each timed build took.</summary>
    public List<double> Milliseconds { get; } = [];

    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);

    public double Least => Milliseconds.Min();

    public string PathOf(string name) => Path.Combine(directory, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    /// <summary>Forgets what TinyReorder generated, and nothing else, so that its next build is a first one for the models.</summary>
    public void ForgetModels()
    {
        foreach (string generated in Directory.GetDirectories(PathOf("obj"), "tinyreorder", SearchOption.AllDirectories))
            Directory.Delete(generated, recursive: true);
    }

    /// <summary>Builds it without restoring, and notes the time.</summary>
    public void BuildTimed()
    {
        var clock = Stopwatch.StartNew();
        Build("--no-restore");
        Milliseconds.Add(clock.Elapsed.TotalMilliseconds);
    }

    /// <summary>Builds it in a new process that leaves no node behind.</summary>
    public string Build(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "project.csproj", "-nodeReuse:false", "-v:n", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new IOException($"the build of {Name} fails:\n{output}");
    }
}
