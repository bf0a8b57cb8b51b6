using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class IncrementalTests
{
    [Fact]
    public void An_untouched_project_runs_nothing_and_each_change_runs_the_task_once()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" />""", """<TinyModelBoard Condition="'$(TinyModelBoard)' == ''">nano33ble</TinyModelBoard>""");
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);

        Assert.Equal(["kws.tflite"], scenario.Build("-p:TinyModelBoard=esp32").Succeeds().OptimizedModels);
        Assert.Empty(scenario.Build("-p:TinyModelBoard=esp32").Succeeds().OptimizedModels);

        File.Delete(scenario.GeneratedFile("kws.h"));
        Assert.Equal(["kws.tflite"], scenario.Build("-p:TinyModelBoard=esp32").Succeeds().OptimizedModels);
        Assert.True(File.Exists(scenario.GeneratedFile("kws.h")));
    }

    [Fact]
    public void A_model_that_is_touched_but_the_same_runs_once_and_keeps_the_time_stamps_of_its_outputs()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" Board="nano33ble" />""");
        DateTime[] before = StampsOf(scenario);
        File.SetLastWriteTimeUtc(scenario.PathOf("kws.tflite"), DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(before, StampsOf(scenario));

        scenario.Write("kws.tflite", Models.Branched(channels: 24));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.NotEqual(before, StampsOf(scenario));
    }

    [Fact]
    public void Clean_removes_what_was_generated_wherever_it_is()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" OutputDir="sketch/src" EmitModel="true" />""");
        scenario.Write("sketch/src/kws_user.c", "// the user's own");
        Assert.True(File.Exists(scenario.PathOf("sketch", "src", "kws.tflite")));
        scenario.Clean().Succeeds();
        Assert.Equal(["kws_user.c"], Directory.GetFiles(scenario.PathOf("sketch", "src")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(scenario.Generated));
        Assert.True(File.Exists(scenario.PathOf("kws.tflite")));

        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
    }

    [Fact]
    public void A_failed_build_leaves_the_outputs_of_the_last_good_one_and_fails_again()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" />""", """<TinyModelBoard Condition="'$(TinyModelBoard)' == ''">nano33ble</TinyModelBoard>""");
        string header = File.ReadAllText(scenario.GeneratedFile("kws.h"));
        scenario.Build("-p:TinyModelBoard=nowhere").Fails();
        scenario.Build("-p:TinyModelBoard=nowhere").Fails();
        Assert.Equal(header, File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
    }

    [Fact]
    public void A_design_time_build_sees_the_files_of_the_last_build_and_searches_nothing()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" />""");
        BuildRun run = scenario.Build("-p:DesignTimeBuild=true", "-getItem:TinyModelGenerated", "-t:OptimizeTinyModels").Succeeds();
        Assert.Empty(run.OptimizedModels);
        Assert.Contains("kws.h", run.Output);
        Assert.False(Directory.Exists(scenario.Generated));
    }

    private static Scenario Built(string items, string properties = "")
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        Assert.Equal(["kws.tflite"], scenario.Project(items, properties).Build().Succeeds().OptimizedModels);
        return scenario;
    }

    private static DateTime[] StampsOf(Scenario scenario) =>
        [File.GetLastWriteTimeUtc(scenario.GeneratedFile("kws.h")), File.GetLastWriteTimeUtc(scenario.GeneratedFile("kws.c"))];
}
