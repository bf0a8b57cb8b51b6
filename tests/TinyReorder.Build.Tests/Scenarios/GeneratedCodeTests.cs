using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class GeneratedCodeTests
{
    private const string ShowGenerated = """
        <Target Name="ShowGenerated" AfterTargets="OptimizeTinyModels"><Message Importance="high" Text="generated @(TinyModelGenerated->'%(Kind) %(Filename)%(Extension)', ', ')" /></Target>
        """;

    [Fact]
    public void The_operators_header_belongs_to_every_model_of_TensorFlow_Lite_Micro_and_comes_back_when_it_is_gone()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched());
        scenario.Write("hotword.tflite", Models.Branched());
        scenario.Project("""
            <TinyModel Include="kws.tflite" />
            <TinyModel Include="vad.tflite" OpResolver="false" />
            <TinyModel Include="hotword.tflite" Runtime="none" />
            """, targets: ShowGenerated);
        Assert.Contains("generated Header kws.h, Source kws.c, Header kws_ops.h, Header vad.h, Source vad.c, Header hotword.h, Source hotword.c",
            scenario.Build().Succeeds().Output);
        string header = File.ReadAllText(scenario.GeneratedFile("kws_ops.h"));
        Assert.Contains("resolver.AddConv2D()", header);
        Assert.Contains("resolver.AddAdd()", header);
        Assert.False(File.Exists(scenario.GeneratedFile("vad_ops.h")));
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);

        File.Delete(scenario.GeneratedFile("kws_ops.h"));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(header, File.ReadAllText(scenario.GeneratedFile("kws_ops.h")));

        scenario.Clean().Succeeds();
        Assert.False(File.Exists(scenario.GeneratedFile("kws_ops.h")));
    }

    [Fact]
    public void A_model_whose_files_would_be_those_of_anothers_operators_header_is_an_error()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("kws_ops.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite;kws_ops.tflite" />""");
        Assert.StartsWith("kws_ops.tflite : error TINY5004: ", Assert.Single(scenario.Build().Fails().Diagnostics));
        scenario.Build("-p:TinyModelOpResolver=false").Succeeds();
    }

    [Fact]
    public void The_assembler_source_includes_the_model_beside_it_and_another_format_takes_its_place()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" EmitArena="true" ArenaSection=".bss.ccm" ModelSection=".qspi" />""", targets: ShowGenerated);
        Assert.Contains("generated Header kws.h, Source kws.S, Model kws.tflite, Header kws_ops.h",
            scenario.Build("-p:TinyModelFormat=incbin").Succeeds().Output);
        string source = File.ReadAllText(scenario.GeneratedFile("kws.S"));
        Assert.Contains($".incbin \"kws.tflite\", 0, {new FileInfo(scenario.GeneratedFile("kws.tflite")).Length}\n", source);
        Assert.Contains("\".qspi\"", source);
        Assert.Contains("\".bss.ccm\"", source);
        Assert.DoesNotContain(scenario.Directory, source);
        string header = File.ReadAllText(scenario.GeneratedFile("kws.h"));
        Assert.Contains("extern unsigned char g_kws_tensor_arena[", header);

        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(header, File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Contains("alignas(16) unsigned char g_kws_tensor_arena[", File.ReadAllText(scenario.GeneratedFile("kws.c")));
    }

    [Fact]
    public void The_arena_lies_in_the_memory_of_the_board_that_is_named()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" Board="disco_f407vg" ArenaRegion="CCM" EmitArena="true" ReservedSram="131072" />""")
            .Build().Succeeds();
        Assert.Contains(" of 65,536 B CCM, ", run.Output);
        Assert.Contains("section(\".ccmram\")", File.ReadAllText(scenario.GeneratedFile("kws.c")));
        Assert.StartsWith("kws.tflite : error TINY1011: ArenaRegion is 'DTCM'", Assert.Single(scenario.Project(
            """<TinyModel Include="kws.tflite" Board="disco_f407vg" ArenaRegion="DTCM" />""").Build().Fails().Diagnostics));
    }

    [Fact]
    public void The_included_model_is_never_the_one_that_is_read()
    {
        var scenario = new Scenario();
        byte[] model = Models.Branched();
        scenario.Write("kws.tflite", model);
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" Format="incbin" OutputDir="./" />""").Build().Fails();
        Assert.StartsWith("kws.tflite : error TINY5004: would write over ./kws.tflite, which this build reads", Assert.Single(run.Diagnostics));
        Assert.Equal(model, File.ReadAllBytes(scenario.PathOf("kws.tflite")));
    }

    [Theory]
    [InlineData("""Format="hex" """, "Format is")]
    [InlineData("""OpResolver="maybe" """, "OpResolver is")]
    [InlineData("""EmitArena="true" ArenaSection="EXT_RAM_BBS_ATTR" """, "ArenaSection does not know the macro EXT_RAM_BBS_ATTR; nearest: EXT_RAM_BSS_ATTR")]
    [InlineData("""ModelSection=".x&quot;))) int evil;" """, "ModelSection is")]
    public void What_could_end_up_as_code_is_an_error_before_anything_is_written(string metadata, string message)
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        string error = Assert.Single(scenario.Project($"""<TinyModel Include="kws.tflite" {metadata}/>""").Build().Fails().Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY5003: " + message, error);
        Assert.False(Directory.Exists(scenario.Generated));
    }
}
