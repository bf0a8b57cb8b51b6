using System.Text;
using TinyReorder.Budgets;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Budgets;

public class SizeBudgetTests
{
    private const string Update = "--update-budget";

    private static readonly ModelSizes Sizes = new(20_000, 50_000, 16_000, "3 CONV_2D");

    [Theory]
    [InlineData("0%", 20_000, true)]
    [InlineData("0%", 19_999, false)]
    [InlineData("1%", 19_802, true)]
    [InlineData("1%", 19_801, false)]
    [InlineData("0.5%", 19_901, true)]
    [InlineData("0.5%", 19_900, false)]
    [InlineData("512", 19_488, true)]
    [InlineData("512", 19_487, false)]
    public void What_is_at_most_the_entry_with_its_tolerance_is_fine(string tolerance, long arenaBytes, bool isFine)
    {
        Diagnostic? found = Load($$"""{ "schema": 1, "models": { "kws": { "arenaBytes": {{arenaBytes}} } }, "tolerance": "{{tolerance}}" }""").Check("kws", Sizes, Update);
        Assert.Equal(isFine, found is null);
    }

    [Fact]
    public void The_error_tells_each_size_that_grew_and_the_operator()
    {
        Diagnostic found = Load("""
            { "schema": 1, "models": { "kws": { "arenaBytes": 19000, "flashBytes": 60000, "peakBytes": 15000, "peakOperator": "2 ADD" } } }
            """).Check("kws", Sizes, Update)!;
        Assert.Equal((DiagnosticCodes.ExceedsBudget, DiagnosticSeverity.Error), (found.Code, found.Severity));
        Assert.Equal("grew beyond its budget in sizes.json (tolerance 0%): arena 19,000 B -> 20,000 B (+1,000 B), peak 15,000 B -> 16,000 B (+1,000 B). The peak is at "
            + "operator 3 CONV_2D with 16,000 B; it was 15,000 B at 2 ADD. Make the model smaller, or accept its size with --update-budget", found.Message);
    }

    [Fact]
    public void Where_the_peak_did_not_grow_something_else_did()
    {
        Diagnostic found = Load("""{ "schema": 1, "models": { "kws": { "arenaBytes": 19000, "peakBytes": 16000 } } }""").Check("kws", Sizes, Update)!;
        Assert.Contains("The peak of 16,000 B at operator 3 CONV_2D did not grow", found.Message);
        Assert.Contains("The peak of 16,000 B is at operator 3 CONV_2D.", Load("""{ "schema": 1, "models": { "kws": { "flashBytes": 1 } } }""").Check("kws", Sizes, Update)!.Message);
    }

    [Fact]
    public void A_model_without_an_entry_is_a_warning_that_names_the_nearest()
    {
        Diagnostic found = Load("""{ "schema": 1, "models": { "kwz": { "arenaBytes": 1 } } }""").Check("kws", Sizes, Update)!;
        Assert.Equal((DiagnosticCodes.ExceedsBudget, DiagnosticSeverity.Warning), (found.Code, found.Severity));
        Assert.Contains("there is \"kwz\"", found.Message);
    }

    [Fact]
    public void Writing_keeps_the_others_and_the_tolerance_and_reads_back()
    {
        SizeBudget budget = Load("""{ "tolerance": "2%", "models": { "vad": { "arenaBytes": 7 }, "kws": { "peakBytes": 9, "peakOperator": "1 ADD" } }, "schema": 1 }""");
        string written = budget.With([("kws", Sizes), ("Ant", Sizes with { PeakOperator = "(inputs)" })]).ToJson();
        Assert.Equal("""
            {
              "schema": 1,
              "models": {
                "Ant": {
                  "arenaBytes": 20000,
                  "flashBytes": 50000,
                  "peakBytes": 16000,
                  "peakOperator": "(inputs)"
                },
                "kws": {
                  "arenaBytes": 20000,
                  "flashBytes": 50000,
                  "peakBytes": 16000,
                  "peakOperator": "3 CONV_2D"
                },
                "vad": {
                  "arenaBytes": 7
                }
              },
              "tolerance": "2%"
            }

            """.Replace("\r\n", "\n", StringComparison.Ordinal), written);
        SizeBudget again = Load(written);
        Assert.Equal(written, again.ToJson());
        Assert.Null(again.Check("kws", Sizes, Update));
        Assert.NotNull(again.Check("kws", Sizes with { ArenaBytes = 20_401 }, Update));
        Assert.Null(again.Check("kws", Sizes with { ArenaBytes = 20_400 }, Update));
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{}", "has no \"schema\"")]
    [InlineData("""{ "schema": 2, "models": {} }""", "$.schema must be 1")]
    [InlineData("""{ "schema": 1 }""", "has no \"models\"")]
    [InlineData("""{ "schema": 1, "models": { "kws": 3 } }""", "$.models.kws must be an object")]
    [InlineData("""{ "schema": 1, "models": { "kws": { "arenaByte": 3 } } }""", "$.models.kws.arenaByte is no member of a budget; nearest: arenaBytes")]
    [InlineData("""{ "schema": 1, "models": { "kws": { "arenaBytes": -3 } } }""", "$.models.kws.arenaBytes must be a whole number")]
    [InlineData("""{ "schema": 1, "models": {}, "tolerance": "2" }""", null)]
    [InlineData("""{ "schema": 1, "models": {}, "tolerance": "two" }""", "$.tolerance must be a share")]
    [InlineData("""{ "schema": 1, "models": {}, "tolerance": "1001%" }""", "$.tolerance must be a share")]
    [InlineData("""{ "schema": 1, "model": {} }""", "$.model is no member of a budget")]
    public void What_is_no_budget_is_named(string json, string? fault)
    {
        if (fault is null)
        {
            Load(json);
            return;
        }
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Load(json)).Diagnostic;
        Assert.Equal((DiagnosticCodes.BadBudgetFile, "sizes.json"), (diagnostic.Code, diagnostic.File));
        Assert.Contains(fault, diagnostic.Message);
    }

    [Fact]
    public void Sizes_are_those_of_the_result()
    {
        OptimizationResult result = ModelOptimizer.Optimize(TfliteModel.Load(BuiltModels.Small().Build(), "small.tflite"), new OptimizationRequest { ArenaMargin = "512" });
        var sizes = ModelSizes.Of(result);
        Assert.Equal((result.Constant.Bytes, (long)result.OptimizedModel.Length, result.Subgraphs.Max(subgraph => subgraph.PeakBytes)),
            (sizes.ArenaBytes, sizes.FlashBytes, sizes.PeakBytes));
        Assert.Matches(@"^\d+ [A-Z_0-9]+$", sizes.PeakOperator);
    }

    private static SizeBudget Load(string json) => SizeBudget.Load(Encoding.UTF8.GetBytes(json), "sizes.json");
}
