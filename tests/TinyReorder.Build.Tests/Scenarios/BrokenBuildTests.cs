using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class BrokenBuildTests
{
    [Fact]
    public void A_model_that_the_board_cannot_hold_breaks_the_build_and_says_by_how_much()
    {
        BuildRun run = Build("kws.tflite", Models.TooWideForBluePill, """<TinyModel Include="kws.tflite" Board="stm32f103" />""", out Scenario scenario).Fails();
        string line = Assert.Single(run.Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY1001: ", line);
        Assert.Contains("20,480 B", line);
        Assert.Contains("CONV_2D", line);
        Assert.False(File.Exists(scenario.GeneratedFile("kws.h")));
    }

    [Fact]
    public void What_the_rest_of_the_firmware_takes_counts()
    {
        byte[] model = Models.Branched();
        Build("kws.tflite", model, """<TinyModel Include="kws.tflite" Board="stm32f103" />""", out _).Succeeds();
        BuildRun run = Build("kws.tflite", model, """<TinyModel Include="kws.tflite" Board="stm32f103" ReservedSram="18000" />""", out _).Fails();
        Assert.StartsWith("kws.tflite : error TINY1001: ", Assert.Single(run.Diagnostics));
        run = Build("kws.tflite", model, """<TinyModel Include="kws.tflite" Board="stm32f103" ReservedFlash="65000" />""", out _).Fails();
        Assert.StartsWith("kws.tflite : error TINY1002: ", Assert.Single(run.Diagnostics));
    }

    [Fact]
    public void An_unknown_board_is_answered_with_the_nearest()
    {
        BuildRun run = Build("kws.tflite", Models.Branched(), """<TinyModel Include="kws.tflite" Board="stm32f13" />""", out _).Fails();
        string line = Assert.Single(run.Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY1003: ", line);
        Assert.Contains("stm32f103", line);
    }

    [Theory]
    [InlineData("TINY2001", "this is no model, but a text that somebody renamed")]
    [InlineData("TINY2010", null)]
    public void A_bad_file_ends_in_one_diagnostic(string code, string? content)
    {
        var scenario = new Scenario();
        if (content is not null)
            scenario.Write("models/kws.tflite", content);
        BuildRun run = scenario.Project("""<TinyModel Include="models/kws.tflite" />""").Build().Fails();
        Assert.StartsWith($"models/kws.tflite : error {code}: ", Assert.Single(run.Diagnostics));
    }

    [Fact]
    public void Models_of_one_name_in_two_directories_need_symbols_of_their_own()
    {
        var scenario = new Scenario();
        scenario.Write("a/kws.tflite", Models.Branched());
        scenario.Write("b/KWS.tflite", Models.Branched());
        BuildRun run = scenario.Project("""<TinyModel Include="a/kws.tflite;b/KWS.tflite" OutputDir="out/%(Filename)" />""").Build().Fails();
        string line = Assert.Single(run.Diagnostics);
        Assert.StartsWith("b/KWS.tflite : error TINY5004: ", line);
        Assert.Contains(" a/kws.tflite", line);
        Assert.Empty(run.OptimizedModels);

        scenario.Project("""<TinyModel Include="a/kws.tflite" /><TinyModel Include="b/KWS.tflite" Symbol="kws_b" />""").Build().Succeeds();
        Assert.True(File.Exists(scenario.GeneratedFile("kws_b.c")));
    }

    [Fact]
    public void The_emitted_model_never_replaces_the_one_it_is_made_of()
    {
        byte[] model = Models.Branched();
        BuildRun run = Build("kws.tflite", model, """<TinyModel Include="kws.tflite" EmitModel="true" OutputDir="." />""", out Scenario scenario).Fails();
        Assert.StartsWith("kws.tflite : error TINY5004: ", Assert.Single(run.Diagnostics));
        Assert.Equal(model, File.ReadAllBytes(scenario.PathOf("kws.tflite")));
    }

    [Theory]
    [InlineData("Symbol", "../kws")]
    [InlineData("EmitModel", "perhaps")]
    [InlineData("ReservedSram", "4 kB")]
    [InlineData("OutputDir", "a|b")]
    public void A_value_that_is_not_allowed_is_named(string metadata, string value)
    {
        BuildRun run = Build("kws.tflite", Models.Branched(), $"""<TinyModel Include="kws.tflite" Board="nano33ble" {metadata}="{value}" />""", out _).Fails();
        string line = Assert.Single(run.Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY5003: ", line);
        Assert.Contains(metadata == "OutputDir" ? "|" : value, line);
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_named()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("out", "a file where a directory should be");
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" OutputDir="out/" />""").Build().Fails();
        Assert.StartsWith("kws.tflite : error TINY5006: ", Assert.Single(run.Diagnostics));
    }

    private static BuildRun Build(string name, byte[] model, string items, out Scenario scenario)
    {
        scenario = new Scenario();
        scenario.Write(name, model);
        return scenario.Project(items).Build();
    }
}
