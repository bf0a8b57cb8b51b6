using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>When the simplified model is taken, and the reason where it is not.</summary>
public class SimplifyPlanTests
{
    private static readonly OptimizationRequest Simplify = new() { Kernels = "reference", Rewrite = "simplify" };

    [Theory]
    [InlineData("device")]
    [InlineData("offline")]
    [InlineData("auto")]
    public void It_goes_with_every_plan(string plan)
    {
        OptimizationRequest request = Simplify with { Plan = plan };
        OptimizationResult before = Optimize(Littered(), request with { Rewrite = "off" }), after = Optimize(Littered(), request);
        Assert.Null(after.Rewrite!.Reason);
        Assert.True(after.Arena.IsSimplified && after.Arena.ArenaBytes < before.Arena.ArenaBytes);
        Assert.Equal(after.Arena.Plan == PlanChoice.Offline, OfflinePlan.Find(TfliteModel.Load(after.OptimizedModel, "simplified")) is not null);
        Assert.True(plan == "auto" || ChoiceWords.Of(after.Arena.Plan) == plan);
        Assert.Same(after.Arena, after.Plans[^1]);
        Assert.InRange(after.Rewrite.WorkRatio, 0.1, 0.9999);
        // Where each byte of a plan's tables lies depends on the rest of the file.
        long added = after.OptimizedModel.Length - before.OptimizedModel.Length;
        Assert.InRange(after.Rewrite.AddedFlashBytes, added - 128, added + 128);
    }

    [Fact]
    public void It_goes_without_an_interpreter()
    {
        OptimizationResult result = Optimize(Littered(), Simplify with { Kernels = null, Runtime = "none" });
        Assert.NotEmpty(result.Rewrite!.Simplified);
    }

    [Theory]
    [InlineData("flash")]
    [InlineData("plan")]
    [InlineData("nothing")]
    [InlineData("order")]
    public void The_reason_is_told(string why)
    {
        ModelBuilder b = why == "nothing" ? BuiltModels.Small() : Littered();
        if (why == "plan")
            b.OfflinePlan(Enumerable.Repeat(-1, b.Tensors.Count).ToArray());
        if (why == "order")
            b.ControlDependencies([(0, 1)]);
        OptimizationResult result = Optimize(b, why == "flash" ? Simplify with { MaxFlash = "100" } : Simplify);
        string reason = why switch
        {
            "flash" => "the simplified model would need more arena, or more flash or work than it may",
            "plan" => "the model has a plan of its own, which is kept",
            "nothing" => "there is nothing to simplify",
            _ => "the file has order constraints, or tables that this project cannot write anew",
        };
        Assert.Equal((reason, null, 0), (result.Rewrite!.Reason, result.Rewrite.Plan, result.Rewrite.Simplified.Count));
        Assert.False(result.Arena.IsRewritten);
    }

    /// <summary>Two large tensors of one input would live at once if the first were kept for its second reader.</summary>
    [Fact]
    public void A_rule_that_costs_arena_is_left_out()
    {
        var b = new ModelBuilder(3);
        ModelTensor x = b.Input("x", [1, 8, 8, 4]), large = b.Conv2D(x, 64), again = b.Operator("CONV_2D", b.Operators[0].Inputs, [1, 8, 8, 64],
            b.Operators[0].Options, version: 3, quantization: large.Quantization);
        ModelTensor small = b.Conv2D(large, 4), middle = b.DepthwiseConv2D(b.Conv2D(small, 48), 3);
        ModelTensor end = b.Conv2D(middle, 4);
        b.Relu(end);
        b.Output(b.Add(end, b.Conv2D(again, 4)));
        b.Reorder([0, 2, 3, 4, 5, 6, 1, 7, 8]);
        OptimizationResult result = Optimize(b, Simplify with { Order = "file" });
        Assert.Equal(["unread"], result.Rewrite!.Simplified.Select(step => step.Rule));
    }

    [Fact]
    public void Loops_are_told_by_the_operators_of_the_file()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 40, 40, 3]);
        b.Relu(b.Relu6(x));
        ModelTensor wide = b.Conv2D(b.Reshape(x, 1, 40, 40, 3), 16, 3, fused: Fused.Relu);
        b.Output(b.Conv2D(b.DepthwiseConv2D(wide, 3), 16, 3, 2));
        OptimizationResult result = Optimize(b, Simplify with { Rewrite = "stream", Overlap = "diagonal", MaxFlash = "65536", MaxWork = "1.5" });
        Assert.Equal(["reshape 2", "unread 0", "unread 1"],
            result.Rewrite!.Simplified.Select(step => $"{step.Rule} {step.Operator}").Order(StringComparer.Ordinal));
        Assert.NotEmpty(result.Rewrite.Regions);
        Assert.All(result.Rewrite.Regions, region => Assert.True(region.FirstOperator >= 3 && region.LastOperator <= 5));
        Assert.True(result.Arena.IsStreamed && result.Arena.ArenaBytes < result.Rewrite.SimplifiedArenaBytes);
        Assert.InRange(result.Rewrite.WorkRatio, 0.5, 1.5);
    }

    private static OptimizationResult Optimize(ModelBuilder b, OptimizationRequest request) =>
        ModelOptimizer.Optimize(TfliteModel.Load(b.Build(), "model"), request);

    private static ModelBuilder Littered()
    {
        var b = new ModelBuilder(3);
        ModelTensor y = b.Conv2D(b.Input("x", [1, 16, 16, 3]), 8, 3);
        b.Relu(b.Relu6(y));
        b.Output(b.Conv2D(b.Pad(b.Reshape(y, 1, 16, 16, 8), (0, 0), (0, 1), (0, 1), (0, 0)), 4, 3, 2, Padding.Valid));
        return b;
    }
}
