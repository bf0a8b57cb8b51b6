using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>A budget that is committed with the project.</summary>
public class BudgetTests
{
    private const string Items = """<TinyModel Include="kws.tflite" /><TinyModel Include="vad.tflite" />""";
    private const string Property = "<TinyModelBudget>sizes.json</TinyModelBudget>";

    [Fact]
    public void A_model_that_grows_breaks_the_build_until_the_budget_is_written_anew()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched(channels: 8));
        scenario.Project(Items, Property);
        Assert.StartsWith("sizes.json : error TINY1010: there is no budget", Assert.Single(scenario.Build().Fails().Diagnostics));

        scenario.Build("-p:TinyModelUpdateBudget=true").Succeeds();
        string written = File.ReadAllText(scenario.PathOf("sizes.json"));
        Assert.Contains("\"kws\"", written);
        Assert.Contains("\"vad\"", written);
        scenario.Build().Succeeds();
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        scenario.Write("kws.tflite", Models.Branched(channels: 24));
        BuildRun grown = scenario.Build().Fails();
        string line = Assert.Single(grown.Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY1009: grew beyond its budget in sizes.json", line);
        Assert.Contains("-p:TinyModelUpdateBudget=true", line);
        Assert.Equal(["kws.tflite"], grown.OptimizedModels);
        // It stays broken, and nothing is searched again for it.
        grown = scenario.Build().Fails();
        Assert.StartsWith("kws.tflite : error TINY1009: ", Assert.Single(grown.Diagnostics));
        Assert.Empty(grown.OptimizedModels);

        scenario.Build("-p:TinyModelUpdateBudget=true").Succeeds();
        scenario.Build().Succeeds();
    }

    [Fact]
    public void A_changed_budget_is_seen_and_a_model_without_an_entry_is_warned_of_in_every_build()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("sizes.json", """{ "schema": 1, "models": { "kws": { "arenaBytes": 1000000 } } }""");
        scenario.Project("""<TinyModel Include="kws.tflite" />""", Property).Build().Succeeds();
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
        scenario.Write("sizes.json", """{ "schema": 1, "models": { "kws": { "arenaBytes": 1000 } } }""");
        Assert.StartsWith("kws.tflite : error TINY1009: ", Assert.Single(scenario.Build().Fails().Diagnostics));
        scenario.Write("sizes.json", """{ "schema": 1, "models": {} }""");
        for (int i = 0; i < 2; i++)
            Assert.StartsWith("kws.tflite : warning TINY1009: has no entry \"kws\"", Assert.Single(scenario.Build().Succeeds().Diagnostics));
        scenario.Write("sizes.json", """{ "schema": 1, "models": { "kws": { "arenaByte": 1 } } }""");
        Assert.Contains("error TINY1010: ", Assert.Single(scenario.Build().Fails().Diagnostics));
    }
}
