using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>Builds of one project give one set of bytes, elsewhere and at the same time as well.</summary>
public class RepeatableBuildTests
{
    [Fact]
    public void Another_path_culture_and_time_zone_change_nothing()
    {
        Scenario here = Project("project"), there = Project("a proje'ct ığ");
        here.Build().Succeeds();
        there.RunCommand("restore", []).Succeeds();
        foreach ((string locale, string zone) in new[] { ("tr_TR.UTF-8", "Asia/Tokyo"), ("de_DE.UTF-8", "America/St_Johns") })
        {
            // MSBuild itself goes by the culture of its environment, and so does a task in it.
            Build(there, new() { ["LANG"] = locale, ["LC_ALL"] = locale, ["TZ"] = zone }, "--no-restore");
            Same(here, there);
            Directory.Delete(there.Generated, recursive: true);
        }
    }

    [Fact]
    public void Builds_at_the_same_time_leave_what_one_alone_leaves()
    {
        Scenario alone = Project("project"), crowd = Project("project");
        alone.Build().Succeeds();
        crowd.RunCommand("restore", []).Succeeds();

        string[] outputs = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4)
            .Select(_ => Build(crowd, [], "--no-restore", "-t:OptimizeTinyModels")).ToArray();

        Assert.All(outputs, output => Assert.DoesNotContain("error TINY", output, StringComparison.Ordinal));
        Same(alone, crowd);
        Assert.DoesNotContain(Directory.GetFiles(crowd.Generated), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Empty(crowd.Build().Succeeds().OptimizedModels);
    }

    private static Scenario Project(string name) => EveryOutput.Project(Models.Branched(), name);

    private static string Build(Scenario scenario, Dictionary<string, string> environment, params string[] arguments)
    {
        foreach ((string name, string value) in PackedPackage.Shared.Environment)
            environment[name] = value;
        (int exitCode, string output) = Command.Run(scenario.Directory, "dotnet", ["build", "project.csproj", "-nodeReuse:false", "-v:m", .. arguments],
            environment);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static void Same(Scenario expected, Scenario actual)
    {
        string[] files = EveryOutput.FilesOf(expected);
        Assert.Equal(EveryOutput.Count, files.Length);
        Assert.Equal(files, EveryOutput.FilesOf(actual));
        Assert.All(files,
            file => Assert.True(File.ReadAllBytes(expected.GeneratedFile(file)).AsSpan().SequenceEqual(File.ReadAllBytes(actual.GeneratedFile(file))),
            file + " differs"));
    }
}
