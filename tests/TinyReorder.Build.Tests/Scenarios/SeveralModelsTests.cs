using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class SeveralModelsTests
{
    [Fact]
    public void Every_model_is_told_of_in_the_projects_order_and_only_what_failed_runs_again()
    {
        var scenario = new Scenario();
        scenario.Write("a.tflite", Models.Branched());
        scenario.Write("b.tflite", "no model");
        scenario.Write("c.tflite", Models.TooWideForBluePill);
        scenario.Write("d.tflite", Models.Branched(channels: 8));
        scenario.Write("e.tflite", Models.WithCustomOperator);
        scenario.Project("""<TinyModel Include="*.tflite" Board="stm32f103" />""", "<TinyModelKernels>reference</TinyModelKernels><TinyModelCheckTogether>false</TinyModelCheckTogether>");
        BuildRun run = scenario.Build().Fails();
        Assert.Equal(["a.tflite", "b.tflite", "c.tflite", "d.tflite", "e.tflite"], run.OptimizedModels);
        Assert.Equal(["b.tflite : error TINY2001", "c.tflite : error TINY1001", "e.tflite : warning TINY3001"],
            run.Diagnostics.Select(line => line[..line.IndexOf(": ", line.IndexOf(" : ") + 3)]));
        Assert.True(run.Output.IndexOf("a.tflite: peak") < run.Output.IndexOf("b.tflite : error")
            && run.Output.IndexOf("d.tflite: peak") < run.Output.IndexOf("e.tflite: peak"));
        Assert.True(File.Exists(scenario.GeneratedFile("a.h")) && File.Exists(scenario.GeneratedFile("d.h")) && !File.Exists(scenario.GeneratedFile("c.h")));

        scenario.Write("b.tflite", Models.Branched(channels: 4));
        scenario.Write("c.tflite", Models.Branched(channels: 6));
        Assert.Equal(["b.tflite", "c.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
    }

    [Fact]
    public void Equal_names_in_different_folders_Update_and_Remove()
    {
        var scenario = new Scenario();
        foreach (string folder in new[] { "a", "b", "c" })
            scenario.Write(folder + "/kws.tflite", Models.Branched());
        const string items = """<TinyModel Include="**/kws.tflite" /><TinyModel Remove="b/kws.tflite" /><TinyModel Update="c/kws.tflite" Symbol="kws_c" OutputDir="gen/" />""";
        Assert.Equal(["a/kws.tflite", "c/kws.tflite"], scenario.Project(items).Build().Succeeds().OptimizedModels.Order());
        Assert.True(File.Exists(scenario.GeneratedFile("kws.h")) && File.Exists(scenario.PathOf("gen", "kws_c.h")));

        // One that is no longer there takes its files along, also those outside of obj; one that moves leaves none behind.
        BuildRun run = scenario.Project("""<TinyModel Include="a/kws.tflite" OutputDir="moved/" />""").Build().Succeeds();
        Assert.Equal(["a/kws.tflite"], run.OptimizedModels);
        Assert.Equal(["OutputDir changed"], run.Reasons);
        Assert.Empty(Directory.GetFiles(scenario.PathOf("gen")));
        Assert.False(File.Exists(scenario.GeneratedFile("kws.h")));

        Assert.Equal(1, scenario.Project("").Build().Succeeds().TaskRuns);
        Assert.Empty(Directory.GetFiles(scenario.PathOf("moved")));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
    }

    [Fact]
    public void A_model_that_is_listed_twice_is_answered_with_what_to_write()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        string line = Assert.Single(scenario.Project("""<TinyModel Include="*.tflite" /><TinyModel Include="kws.tflite" Board="esp32" />""").Build().Fails().Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY5004: is listed twice: give the item its metadata with Update", line);
    }

    [Fact]
    public void Models_that_fit_alone_but_not_together_break_the_build_until_the_project_is_mended()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched(channels: 24));
        scenario.Project("""<TinyModel Include="*.tflite" Board="stm32f103" ReservedSram="5000" ArenaGroup="$(Group)" />""");
        BuildRun run = scenario.Build().Fails();
        string line = Assert.Single(run.Diagnostics);
        Assert.StartsWith(scenario.PathOf("project.csproj") + " : error TINY1007: the models of this project need ", line);
        Assert.Matches(@"\(vad\.tflite [0-9,]+ B \+ kws\.tflite [0-9,]+ B \+ reserved 5,000 B\)", line);
        Assert.Equal(2, run.OptimizedModels.Count);

        // The verdict comes again from what is kept of both, without a search.
        run = scenario.Build().Fails();
        Assert.StartsWith(scenario.PathOf("project.csproj") + " : error TINY1007: ", Assert.Single(run.Diagnostics));
        Assert.Empty(run.OptimizedModels);

        // One model becomes smaller, only that one runs, and both are added up again.
        scenario.Write("vad.tflite", Models.Branched(channels: 4));
        run = scenario.Build().Succeeds();
        Assert.Equal(["vad.tflite"], run.OptimizedModels);
        Assert.Contains("2 models together on bluepill_f103c8", run.Output);

        scenario.Write("vad.tflite", Models.Branched(channels: 24));
        Assert.Contains("TINY1007", Assert.Single(scenario.Build().Fails().Diagnostics));
        Assert.DoesNotContain("together", scenario.Build("-p:TinyModelCheckTogether=false").Succeeds().Output);
        Assert.Contains("2 models together", scenario.Build("-p:Group=audio").Succeeds().Output);
        Assert.True(File.Exists(scenario.GeneratedFile("audio_arena.h")));
    }
}
