using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class FirstBuildTests
{
    [Fact]
    public void A_model_becomes_a_header_and_a_source_that_a_C_compiler_takes()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" Board="nano33ble" />""").RunCommand("build", []).Succeeds();

        Assert.Equal(["kws.tflite"], run.OptimizedModels);
        Assert.Equal([".kws.tinyreorder", "kws.c", "kws.generated", "kws.h", "kws.state", "kws_ops.h", "models.record"], FilesIn(scenario.Generated));
        Assert.Contains("kws.tflite: peak 9,216 B -> 5,632 B (proven: no order has a lower one)", run.Output);
        Assert.Contains("  board nano33ble", run.Output);
        Assert.DoesNotContain("DEPTHWISE", run.Output);
        scenario.Write("main.c", """
            #include "kws.h"
            static unsigned char arena[KWS_TENSOR_ARENA_SIZE];
            int main(void) { return arena[0] + (g_kws_model_len > 0 && g_kws_model[4] == 'T' ? 0 : 1); }
            """);
        (int exitCode, string output) = Command.Run(scenario.Directory, "gcc",
            ["-std=c11", "-Wall", "-Wextra", "-Werror", "-I", scenario.Generated, "main.c", scenario.GeneratedFile("kws.c"), "-o", "kws"]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(0, Command.Run(scenario.Directory, scenario.PathOf("kws"), []).ExitCode);
    }

    [Fact]
    public void The_table_of_operators_is_told_at_detailed_verbosity_only()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" />""").Build("-v:d").Succeeds();
        Assert.Matches(@"step +operator +kind +inputs +outputs +others +scratch +total", run.Output);
        Assert.Contains("CONV_2D", run.Output);
    }

    [Fact]
    public void Paths_with_spaces_and_signs_that_MSBuild_gives_a_meaning_work()
    {
        var scenario = new Scenario("my project @home (1)");
        string[] names = ["$(x)'.tflite", "a;b%20c.tflite", "key word@2.tflite", "kws模型.tflite"];
        foreach (string name in names)
            scenario.Write("models/" + name, Models.Branched());
        scenario.Project("""<TinyModel Include="models/*.tflite" OutputDir="out put@1%3b (é)/" EmitModel="true" Report="csv;svg" />""", targets: """
            <Target Name="Tell" AfterTargets="OptimizeTinyModels"><Message Importance="high" Text="[%(TinyModelGenerated.Identity)] of %(Model)" /></Target>
            """);
        BuildRun run = scenario.Build().Succeeds();
        Assert.Equal(names.Select(name => "models/" + name).Order(StringComparer.Ordinal), run.OptimizedModels.Order(StringComparer.Ordinal));
        string[] files = [.. Directory.GetFiles(scenario.PathOf("out put@1; (é)")).Where(file => !file.EndsWith(".tinyreorder", StringComparison.Ordinal))];
        Assert.Equal(names.Length * 7, files.Length);
        Assert.All(files, file => Assert.Contains($"[out put@1; (é)/{Path.GetFileName(file)}] of models/", run.Output));
        Assert.All(names, name => Assert.Contains("of models/" + name, run.Output));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
        scenario.Clean().Succeeds();
        Assert.Empty(Directory.GetFiles(scenario.PathOf("out put@1; (é)")));
    }

    [Fact]
    public void Two_models_give_two_pairs_of_files_and_only_the_touched_one_runs_again()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched(channels: 8));
        Assert.Equal(["kws.tflite", "vad.tflite"], scenario.Project("""<TinyModel Include="*.tflite" Board="nano33ble" />""").Build().Succeeds().OptimizedModels.Order());
        Assert.True(File.Exists(scenario.GeneratedFile("kws.h")) && File.Exists(scenario.GeneratedFile("vad.h")));

        scenario.Write("vad.tflite", Models.Branched(channels: 12));
        Assert.Equal(["vad.tflite"], scenario.Build().Succeeds().OptimizedModels);
    }

    [Fact]
    public void Generated_files_are_items_for_later_targets()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" EmitModel="true" OutputDir="out" />""", targets: """
            <Target Name="Tell" AfterTargets="OptimizeTinyModels">
              <Message Importance="high" Text="@(TinyModelGenerated->'%(Kind) of %(Symbol) from %(Model) is %(Identity)', '%0a')" />
            </Target>
            """);
        string output = scenario.Build().Succeeds().Output;
        Assert.Contains("Header of kws from kws.tflite is out/kws.h", output);
        Assert.Contains("Source of kws from kws.tflite is out/kws.c", output);
        Assert.Contains("Model of kws from kws.tflite is out/kws.tflite", output);
    }

    private static IEnumerable<string> FilesIn(string directory) =>
        Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
