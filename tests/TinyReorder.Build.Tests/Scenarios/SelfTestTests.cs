using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class SelfTestTests
{
    private const string Profile = """{"schema":1,"id":"mine-1","extends":"tflm-reference-90b983c","kernels":"mine","version":"VERSION","operators":{}}""";

    [Fact]
    public void The_selftest_lies_where_the_item_says_holds_both_models_and_goes_with_clean()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" SelfTest="selftest/" EmitModel="true" />""", targets: """
            <Target Name="ShowGenerated" AfterTargets="OptimizeTinyModels"><Message Importance="high" Text="generated @(TinyModelGenerated->'%(Kind) %(Filename)%(Extension)', ', ')" /></Target>
            """);
        Assert.Contains("SelfTest kws_selftest.cpp", scenario.Build().Succeeds().Output);
        string file = scenario.PathOf("selftest", "kws_selftest.cpp"), text = File.ReadAllText(file);
        Assert.Equal([".kws.tinyreorder", "kws_selftest.cpp"],
            Directory.GetFiles(scenario.PathOf("selftest")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (byte[] model in new[] { Models.Branched(), File.ReadAllBytes(scenario.GeneratedFile("kws.tflite")) })
            Assert.Contains(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(model)).ToLowerInvariant(), text);
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);

        File.Delete(file);
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(text, File.ReadAllText(file));

        scenario.Clean().Succeeds();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_selftest_without_a_runtime_is_an_error()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" SelfTest="selftest" Runtime="none" />""");
        Assert.StartsWith("kws.tflite : error TINY5003: SelfTest runs the model", Assert.Single(scenario.Build().Fails().Diagnostics));
    }

    [Fact]
    public void A_profile_is_found_by_its_id_in_the_projects_folder_or_the_one_that_a_property_names()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("tinyreorder-profiles/mine-1.json", Profile.Replace("VERSION", "first"));
        scenario.Write("ours/mine-1.json", Profile.Replace("VERSION", "third"));
        scenario.Project("""<TinyModel Include="kws.tflite" Profile="mine-1" />""");
        scenario.Build().Succeeds();
        Assert.Contains("mine kernels (mine-1: first)", File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);

        scenario.Write("tinyreorder-profiles/mine-1.json", Profile.Replace("VERSION", "second one"));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Contains("(mine-1: second one)", File.ReadAllText(scenario.GeneratedFile("kws.h")));

        scenario.Build("-p:TinyModelProfiles=ours").Succeeds();
        Assert.Contains("(mine-1: third)", File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Contains("error TINY3005: ", Assert.Single(scenario.Build("-p:TinyModelProfiles=none").Fails().Diagnostics));
    }
}
