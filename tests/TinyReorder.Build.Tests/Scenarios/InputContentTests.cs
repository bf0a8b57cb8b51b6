using System.Text;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>Inputs are what their content is, whatever their times, links and sizes say; and what was told once is told in every build.</summary>
public class InputContentTests
{
    private static readonly DateTime Fixed = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Another_model_of_the_same_size_and_time_is_another_model()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        File.SetLastWriteTimeUtc(scenario.PathOf("kws.tflite"), Fixed);
        scenario.Project("""<TinyModel Include="kws.tflite" EmitModel="true" />""").Build().Succeeds();
        scenario.Write("kws.tflite", Renamed());
        File.SetLastWriteTimeUtc(scenario.PathOf("kws.tflite"), Fixed);
        Assert.Equal(["kws.tflite changed"], scenario.Build().Succeeds().Reasons);
        Assert.Contains("sound", Encoding.Latin1.GetString(File.ReadAllBytes(scenario.GeneratedFile("kws.tflite"))));
    }

    [Fact]
    public void What_lies_behind_a_link_is_what_counts()
    {
        var scenario = new Scenario();
        scenario.Write("store/model.bin", Models.Branched());
        scenario.Write("store/boards.json", """{"boards":[]}""");
        scenario.Write("store/header.sbn", "// {{symbol}}\n");
        foreach ((string link, string target) in new[] { ("kws.tflite", "model.bin"), ("boards.json", "boards.json"), ("mine.sbn", "header.sbn") })
            File.CreateSymbolicLink(scenario.PathOf(link), scenario.PathOf("store", target));
        scenario.Project("""<TinyModel Include="kws.tflite" Template="mine.sbn" EmitModel="true" />""", "<TinyModelBoardFile>boards.json</TinyModelBoardFile>").Build().Succeeds();
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        scenario.Write("store/model.bin", Renamed());
        Assert.Equal(["kws.tflite changed"], scenario.Build().Succeeds().Reasons);
        Assert.Contains("sound", Encoding.Latin1.GetString(File.ReadAllBytes(scenario.GeneratedFile("kws.tflite"))));
        scenario.Write("store/boards.json", """{ "boards": [] }""");
        Assert.Equal(["boards.json changed"], scenario.Build().Succeeds().Reasons);
        scenario.Write("store/header.sbn", "/* {{symbol}} */\n");
        Assert.Single(scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal("/* kws */\n", File.ReadAllText(scenario.GeneratedFile("kws.h")));
    }

    [Fact]
    public void A_clock_that_was_ahead_hides_nothing()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" />""").Build().Succeeds();
        foreach (string file in Directory.GetFiles(scenario.Generated))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddYears(1));
        scenario.Write("kws.tflite", Models.Branched(channels: 24));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        File.SetLastWriteTimeUtc(scenario.GeneratedFile("models.record"), DateTime.UtcNow.AddYears(1));
        Assert.Equal(["Board changed"], scenario.Build("-p:TinyModelBoard=nano33ble").Succeeds().Reasons);
    }

    [Fact]
    public void The_files_that_tell_a_librarys_version_count_by_their_content()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        string file = scenario.Write("lib/src/tensorflow/lite/micro/kernels/conv.h", "// one\n");
        File.SetLastWriteTimeUtc(file, Fixed);
        scenario.Project("""<TinyModel Include="kws.tflite" RuntimePath="lib" />""").Build().Succeeds();
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
        File.WriteAllText(file, "// two\n");
        File.SetLastWriteTimeUtc(file, Fixed);
        Assert.Equal(1, scenario.Build().Succeeds().TaskRuns);
    }

    [Fact]
    public void Every_build_tells_the_warnings_of_every_model()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.WithCustomOperator);
        scenario.Write("vad.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="*.tflite" />""");
        string told = Assert.Single(scenario.Build().Succeeds().Diagnostics);
        Assert.StartsWith("kws.tflite : warning TINY3001: ", told);

        BuildRun skipped = scenario.Build().Succeeds();
        Assert.Equal((0, told), (skipped.TaskRuns, Assert.Single(skipped.Diagnostics)));
        scenario.Write("vad.tflite", Models.Branched(channels: 24));
        BuildRun other = scenario.Build().Succeeds();
        Assert.Equal(["vad.tflite"], other.OptimizedModels);
        Assert.Equal(told, Assert.Single(other.Diagnostics));

        Assert.StartsWith("kws.tflite : error TINY3001: ", Assert.Single(scenario.Build("-p:WarningsAsErrors=TINY3001").Fails().Diagnostics));
        Assert.Empty(scenario.Build("-p:NoWarn=TINY3001").Succeeds().Diagnostics);
    }

    [Fact]
    public void Warnings_as_errors_give_the_same_result_twice()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.WithCustomOperator);
        scenario.Project("""<TinyModel Include="kws.tflite" />""");
        string first = Assert.Single(scenario.Build("-warnaserror").Fails().Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY3001: ", first);
        Assert.Equal(first, Assert.Single(scenario.Build("-warnaserror").Fails().Diagnostics));
    }

    /// <summary>The model with another name of its input: as many bytes, and others.</summary>
    private static byte[] Renamed()
    {
        byte[] model = Models.Branched();
        Encoding.Latin1.GetBytes("sound").CopyTo(model, model.AsSpan().IndexOf("audio"u8));
        return model;
    }
}
