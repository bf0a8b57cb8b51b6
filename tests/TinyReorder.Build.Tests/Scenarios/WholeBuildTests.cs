using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>Builds of several projects, in each way that MSBuild has of running them.</summary>
public class WholeBuildTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public void A_solution_builds_on_several_nodes_on_threads_and_as_a_graph_and_publishes()
    {
        Scenario scenario = TwoProjects();
        BuildRun run = scenario.RunCommand("build", ["-m:2", "-mt"], "all.slnx").Succeeds();
        Assert.Equal(["app.tflite", "library.tflite"], run.OptimizedModels.Order());
        // Tasks that are not fit for threads get a process of their own; ours is fit.
        Assert.NotEmpty(run.TasksInHosts);
        Assert.DoesNotContain("OptimizeTinyModels", run.TasksInHosts);

        // On threads no project is in its own directory, and what changed is seen all the same.
        Assert.Equal(0, scenario.RunCommand("build", ["-m:2"], "all.slnx").Succeeds().TaskRuns);
        scenario.Write("app/app.tflite", Models.Branched(channels: 8));
        Assert.Equal(["app.tflite"], scenario.RunCommand("build", ["-m:2", "-mt"], "all.slnx").Succeeds().OptimizedModels);
        scenario.Write("library/library.tflite", Models.Branched(channels: 12));
        Assert.Equal(["library.tflite"], scenario.RunCommand("build", ["-m:2", "-graph"], "all.slnx").Succeeds().OptimizedModels);

        Assert.Equal(0, scenario.RunCommand("publish", ["-c", "Debug", "-o", "out"], "app/app.csproj").Succeeds().TaskRuns);
        Assert.True(File.Exists(scenario.PathOf("out", "app.dll")));
        scenario.Write("app/app.tflite", Models.Branched(channels: 12));
        Assert.Equal(["app.tflite"], scenario.RunCommand("publish", ["-c", "Debug", "-o", "out"], "app/app.csproj").Succeeds().OptimizedModels);

        scenario.RunCommand("clean", [], "all.slnx").Succeeds();
        Assert.Empty(Directory.GetFiles(scenario.Directory, "*.h", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public void A_task_host_of_its_own_leaves_no_file_of_the_package_open()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "what processes have open is read from /proc");
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" />""", "<TinyModelIsolateTask>true</TinyModelIsolateTask>");
        // Nodes may stay: the last switch counts.
        BuildRun run = scenario.Build("-nodeReuse:true").Succeeds();
        Assert.Equal(["kws.tflite"], run.OptimizedModels);
        Assert.Contains("OptimizeTinyModels", run.TasksInHosts);
        string package = Path.Combine("tinyreorder.build", PackedPackage.Shared.Version);
        // The host ends with the build, but not within the same moment; a node that kept the file would keep it for minutes. This process has it open for
        // other scenarios.
        Assert.True(SpinWait.SpinUntil(() => !OtherProcesses().Any(process => MapsOf(process).Contains(package)), TimeSpan.FromSeconds(30)));
    }

    private static IEnumerable<string> OtherProcesses() =>
        Directory.GetDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out int id) && id != Environment.ProcessId);

    private static string MapsOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "maps"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static Scenario TwoProjects()
    {
        var scenario = new Scenario();
        foreach ((string name, string reference) in new[] { ("library", ""), ("app", """<ProjectReference Include="../library/library.csproj" />""") })
        {
            scenario.Write($"{name}/{name}.tflite", Models.Branched());
            scenario.Write($"{name}/{name}.cs", $"namespace {name}s;\npublic static class Empty;");
            scenario.Write($"{name}/{name}.csproj", $"""
                <Project Sdk="{Sdk.Net}">
                  <PropertyGroup><TargetFramework>{Sdk.Framework}</TargetFramework></PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="TinyReorder.Build" Version="{PackedPackage.Shared.Version}" PrivateAssets="all" />
                    {reference}
                    <TinyModel Include="{name}.tflite" Board="nano33ble" />
                  </ItemGroup>
                </Project>
                """);
        }
        scenario.Write("all.slnx", """<Solution><Project Path="library/library.csproj" /><Project Path="app/app.csproj" /></Solution>""");
        return scenario;
    }
}
