using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>Targets without a board of the catalog.</summary>
public class TargetTests
{
    [Fact]
    public void Sizes_and_a_core_stand_for_a_board_for_one_model_and_for_all_together()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched(channels: 8));
        const string items = """<TinyModel Include="*.tflite" Sram="@" Flash="64k" Core="cortex-m4f" />""";
        BuildRun run = scenario.Project(items.Replace("@", "20k", StringComparison.Ordinal)).Build().Succeeds();
        Assert.Contains("board sram=20480 flash=65536 core=cortex-m4f (given by its sizes): ", run.Output);
        Assert.Contains("2 models together on sram=20480 ", run.Output);
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        run = scenario.Project(items.Replace("@", "9k", StringComparison.Ordinal)).Build().Fails();
        Assert.Contains(run.Diagnostics, line => line.Contains("error TINY1007: ", StringComparison.Ordinal));
        run = scenario.Project(items.Replace("@", "1k", StringComparison.Ordinal)).Build().Fails();
        Assert.Contains(run.Diagnostics, line => line.StartsWith("kws.tflite : error TINY1001: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chip_stands_for_a_board_and_what_describes_no_target_is_named()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        Assert.Contains("board stm32f407vg (the chip alone): ", scenario.Project("""<TinyModel Include="kws.tflite" Board="stm32f407vgt6" />""").Build().Succeeds().Output);
        Assert.StartsWith("kws.tflite : error TINY5003: Flash is missing",
            Assert.Single(scenario.Project("""<TinyModel Include="kws.tflite" Sram="128k" />""").Build().Fails().Diagnostics));
    }
}
