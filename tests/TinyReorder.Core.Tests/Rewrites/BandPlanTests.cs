using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Rewrites;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>What is written for an interpreter that has no loops: bands.</summary>
public class BandPlanTests
{
    // It has WHILE, and DYNAMIC_UPDATE_SLICE came two years later.
    private const string WithoutLoops = "tflm@2023-12";

    [Fact]
    public void An_interpreter_without_loops_gets_bands_with_the_same_answers()
    {
        var model = Streamable();

        OptimizationResult result = Optimize(model, WithoutLoops, "diagonal");

        StreamedRegion region = Assert.Single(result.Rewrite!.Regions);
        Assert.Equal((StreamedRegion.BandsForm, null), (region.Form, region.Body));
        Assert.True(result.Arena.ArenaBytes < result.Plans.Where(plan => !plan.IsStreamed).Min(plan => plan.ArenaBytes));
        var written = TfliteModel.Load(result.OptimizedModel, "bands");
        Assert.Single(written.Subgraphs);
        Assert.Equal(region.Turns, written.Subgraphs[0].Operators.Where(op => op.Kind == "CONCATENATION").Max(op => op.Inputs.Count));
        var answers = new StreamedAnswers(model);
        Assert.True(answers.AreSame(written, null));
        Assert.True(answers.AreSame(written, ArenaInterpreter.PlacementOf(written, OfflinePlan.Find(written)!)));
    }

    [Fact]
    public void One_with_loops_gets_a_loop() => Assert.All(Optimize(Streamable(), "tflm@2026-08", "diagonal")
        .Rewrite!.Regions, region => Assert.NotNull(region.Body));

    /// <summary>No part of an output lies on it then, so that the two take memory beside each other.</summary>
    [Fact]
    public void Without_overlap_parts_are_apart_from_their_whole()
    {
        OptimizationResult result = Optimize(Streamable(), WithoutLoops, "none");

        var written = TfliteModel.Load(result.OptimizedModel, "bands");
        OfflinePlan plan = OfflinePlan.Find(written)!;
        TfliteOperator join = written.Subgraphs[0].Operators.Last(op => op.Kind == "CONCATENATION");
        TfliteTensor whole = written.Subgraphs[0].Tensors[join.Outputs[0]];
        Assert.All(join.Inputs.Select(t => written.Subgraphs[0].Tensors[t]), part => Assert.True(
            plan.OffsetBytes[part.Index] + part.Bytes <= plan.OffsetBytes[whole.Index]
            || plan.OffsetBytes[whole.Index] + whole.Bytes <= plan.OffsetBytes[part.Index]));
        Assert.True(new StreamedAnswers(Streamable()).AreSame(written, ArenaInterpreter.PlacementOf(written, plan)));
    }

    [Fact]
    public void Texts_speak_of_bands()
    {
        OptimizationResult result = Optimize(Streamable(), WithoutLoops, "diagonal");
        StreamedRegion region = result.Rewrite!.Regions[0];

        string text = string.Join("\n", RewriteText.Of(result.Rewrite));
        Assert.Contains($"run in {region.Turns} bands of {region.RowsPerTurn} rows", text, StringComparison.Ordinal);
        RewriteReport report = RewriteReport.Of(result)!;
        Assert.Equal(Enumerable.Range(region.FirstOperator, region.LastOperator - region.FirstOperator + 1), report.OperatorsOf(region).OrderBy(op => op));
        Assert.All(region.Bands, op => Assert.StartsWith("bands 1, ", report.Sentence(0, op), StringComparison.Ordinal));
        Assert.DoesNotContain(report.Work, change => change.Kind == WorkChange.LoopKind);
        Assert.Equal(result.Rewrite.WorkAfter!.Total - result.Rewrite.WorkBefore!.Total, report.Work.Sum(change => change.Added), 1.0);
    }

    /// <summary>More bands than one CONCATENATION joins are joined in two steps.</summary>
    [Fact]
    public void Many_bands_are_joined_in_two_steps()
    {
        var model = Streamable();
        var answers = new StreamedAnswers(model);
        var many = StreamableRegions.InBands(model, 16).First(pair => pair.Schedule.Turns > 10);

        RewrittenModel rewritten = Rewriter.Stream(model, [many]);

        Assert.All(rewritten.Model.Subgraphs[0].Operators.Where(op => op.Kind == "CONCATENATION"), op => Assert.InRange(op.Inputs.Count, 2, 10));
        Assert.True(answers.AreSame(rewritten.Model, null));
    }

    /// <summary>Measured: the same answers on the interpreter in these arenas, and 16 B less fails.</summary>
    [SkippableTheory]
    [InlineData("tflm_person_detect.tflite", "tflm@2023-12", 82_304, 52_336)]
    [InlineData("mlperf_vww.tflite", "tflm@2023-12", 100_672, 57_856)]
    [InlineData("tflm_person_detect.tflite", "tflite-micro-arduino-examples@2023-02", 82_752, 69_024)]
    [InlineData("mlperf_resnet8.tflite", "tflite-micro-arduino-examples@2023-02", 55_200, 47_648)]
    public void Shared_models_need_no_more_than_measured(string name, string runtime, long before, long after)
    {
        OptimizationResult result = Optimize(SharedModels.Load(name), runtime, "diagonal", "1.1");

        Assert.Equal(before, result.Plans[0].ArenaBytes);
        Assert.InRange(result.Arena.ArenaBytes, 1, after);
        Assert.All(result.Rewrite!.Regions, region => Assert.Null(region.Body));
    }

    private static TfliteModel Streamable() => TfliteModel.Load(BuiltModels.Streamable(size: 96).Build(), "streamable");

    private static OptimizationResult Optimize(TfliteModel model, string runtime, string overlap, string maxWork = "1.5") =>
        ModelOptimizer.Optimize(model, new OptimizationRequest
        {
            Runtime = runtime,
            Abi = "short-enums",
            Overlap = overlap,
            Rewrite = "stream",
            MaxWork = maxWork,
            MaxFlash = "65536",
        });
}
