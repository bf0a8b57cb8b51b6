using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>What a user sees on a terminal, where another logger than that of pipes and logs is at work.</summary>
public class TerminalTests
{
    [SkippableFact]
    public void The_lines_of_a_model_are_shown_with_the_option_that_the_README_names()
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "script is not installed (apt-get install bsdutils): there is no pseudo terminal");
        Assert.Contains("-tlp:v=d ", File.ReadAllText(Repository.PathOf("README.md")));
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" Board="nano33ble" />""");
        // Named as the model is: the logger looks for the project's output in lines that begin so.
        File.Move(scenario.PathOf("project.csproj"), scenario.PathOf("kws.csproj"));
        scenario.RunCommand("restore", [], "kws.csproj").Succeeds();

        string shown = OnTerminal(scenario, "-tlp:v=d");
        Assert.Contains("kws.tflite: peak 9,216 B -> 5,632 B", shown);
        Assert.Contains("board nano33ble", shown);
        Directory.Delete(scenario.Generated, recursive: true);
        string usual = OnTerminal(scenario, "-tlp:v=n");
        Assert.Contains("succeeded", usual);
        Assert.DoesNotContain("5,632 B", usual);
    }

    private static string OnTerminal(Scenario scenario, string option)
    {
        Dictionary<string, string> environment = new(PackedPackage.Shared.Environment) { ["MSBUILDTERMINALLOGGER"] = "on", ["TERM"] = "xterm-256color" };
        (int exitCode, string output) = Command.Run(
            scenario.Directory, "script",
                ["-qec", $"stty cols 200 rows 50; dotnet build kws.csproj --no-restore -nodeReuse:false -tl:on {option}", "/dev/null"], environment);
        Assert.True(exitCode == 0, output);
        return System.Text.RegularExpressions.Regex.Replace(output, "\x1b\\[[0-9;?]*[A-Za-z]", "");
    }
}
