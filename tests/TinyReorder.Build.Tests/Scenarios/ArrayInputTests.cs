using System.Globalization;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>C source in the place of a model.</summary>
public class ArrayInputTests
{
    [Fact]
    public void An_array_gives_the_files_of_its_model_and_is_watched_as_one()
    {
        var scenario = new Scenario();
        scenario.Write("model_data.cc", Source(Models.Branched()));
        scenario.Write("model_data.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="model_data.tflite" EmitModel="true" Board="nano33ble" />""").Build().Succeeds();
        string[] kinds = ["model_data.h", "model_data.c", "model_data.tflite"];
        string[] fromModel = kinds.Select(name => Read(scenario, name)).ToArray();

        BuildRun run = scenario.Project("""<TinyModel Include="model_data.cc" EmitModel="true" Board="nano33ble" />""").Build().Succeeds();
        Assert.Equal(["model_data.cc"], run.OptimizedModels);
        Assert.Equal(fromModel.Select(text => text.Replace("model_data.tflite", "@", StringComparison.Ordinal)),
            kinds.Select(name => Read(scenario, name).Replace("model_data.cc", "@", StringComparison.Ordinal).Replace("model_data.tflite", "@", StringComparison.Ordinal)));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        scenario.Write("model_data.cc", Source(Models.Branched(channels: 12)));
        Assert.Equal(["model_data.cc"], scenario.Build().Succeeds().OptimizedModels);
    }

    [Fact]
    public void A_fault_in_an_array_is_told_with_its_line()
    {
        var scenario = new Scenario();
        scenario.Write("kws.cc", "const unsigned char m[] = {\n  0, 0, 0, 0, 84, 70, 76, 51,\n  -1 };\n");
        BuildRun run = scenario.Project("""<TinyModel Include="kws.cc" />""").Build().Fails();
        Assert.Contains("error TINY2014: ", Assert.Single(run.Diagnostics));
        Assert.Contains("line 3, column 3", run.Diagnostics[0]);
    }

    private static string Read(Scenario scenario, string name) => Convert.ToHexString(File.ReadAllBytes(scenario.GeneratedFile(name))) is var hex && name.EndsWith(".tflite", StringComparison.Ordinal)
        ? hex : File.ReadAllText(scenario.GeneratedFile(name));

    private static string Source(byte[] model) => "alignas(16) const unsigned char g_model[] = {"
        + string.Join(",", model.Select(value => value.ToString(CultureInfo.InvariantCulture))) + "};\n";
}
