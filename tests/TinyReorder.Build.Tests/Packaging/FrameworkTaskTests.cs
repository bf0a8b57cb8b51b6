using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Packaging;

/// <summary>The tasks of MSBuild.exe and Visual Studio, as packed, under Mono and in a culture of other separators.</summary>
public class FrameworkTaskTests
{
    [SkippableFact]
    public void The_tasks_for_NET_Framework_generate_what_those_for_NET_do()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        Assert.Equal(0, Run(scenario, "kws.tflite", "nano33ble", out string output));
        Assert.Contains("kws.tflite: peak 9,216 B -> 5,632 B", output);
        scenario.Project("""<TinyModel Include="kws.tflite" Board="nano33ble" />""").Build().Succeeds();
        foreach (string file in new[] { "kws.h", "kws.c" })
            Assert.Equal(File.ReadAllText(scenario.GeneratedFile(file)), File.ReadAllText(scenario.PathOf("out", file)));
    }

    [SkippableTheory]
    [InlineData("stm32f13", "kws.tflite : error TINY1003: ")]
    [InlineData("stm32f103", "kws.tflite : error TINY1001: ")]
    public void Their_errors_have_code_and_file(string board, string start)
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.TooWideForBluePill);
        Assert.Equal(1, Run(scenario, "kws.tflite", board, out string output));
        Assert.Contains("\n" + start, "\n" + output);
    }

    private static int Run(Scenario scenario, string model, string board, out string output)
    {
        Skip.IfNot(OperatingSystem.IsWindows() || File.Exists("/usr/bin/mono"), "Mono is not installed (apt-get install mono-devel)");
        string host = Repository.PathOf("tests", "FrameworkTaskHost", "bin", Repository.Configuration, "net472", "FrameworkTaskHost.exe");
        string tasks = Path.Combine(new PackageContent(PackedPackage.Shared, scenario.PathOf("package")).Directory, "tasks", "net472");
        string[] arguments = [tasks, scenario.Directory, model, board];
        (int exitCode, output) = OperatingSystem.IsWindows()
            ? Command.Run(scenario.Directory, host, arguments) : Command.Run(scenario.Directory, "mono", [host, .. arguments]);
        return exitCode;
    }
}
