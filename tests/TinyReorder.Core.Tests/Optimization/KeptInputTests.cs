using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>Inputs that are kept live longer than the planner on the device knows: it must be kept off them.</summary>
public class KeptInputTests
{
    private static readonly string[] Kernels = ["reference", "cmsis-nn", "cmsis-nn-c", "cmsis-nn-mve", "esp-nn", "esp-nn-s3", "esp-nn-p4"];

    [SkippableTheory]
    [MemberData(nameof(SharedModels.LongNames), MemberType = typeof(SharedModels))]
    [Trait("Category", "Slow")]
    public void Every_model_of_long_searches_keeps_its_inputs_with_all_kernels(string name) => Every_model_keeps_its_inputs_with_all_kernels(name);

    /// <summary>The plans with less overlap are made and verified on the way.</summary>
    [SkippableTheory]
    [MemberData(nameof(SharedModels.QuickNames), MemberType = typeof(SharedModels))]
    public void Every_model_keeps_its_inputs_with_all_kernels(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        bool isPlannedElsewhere = OfflinePlan.Find(model) is not null && model.Subgraphs.Any(subgraph => subgraph.Operators.Any(op => op.IsCustom));
        Skip.If(isPlannedElsewhere, "it carries the plan of another tool");
        foreach (string kernels in Kernels.Take(Cases.Of(Kernels.Length)))
        {
            OptimizationResult kept = ModelOptimizer.Optimize(model,
                new OptimizationRequest { Kernels = kernels, Overlap = "diagonal", KeepInputs = "true", SearchSeconds = "0.05" });
            Assert.Equal(PlanChoice.Offline, kept.Arena.Plan);
            Assert.Contains(kept.Plans, plan => plan is { Plan: PlanChoice.Offline, Overlap: OverlapChoice.None });
            AssertKept(kept);
            Assert.Equal(kept.Arena.PromiseBytes > 0, kept.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.KeptInputs));
        }
    }

    /// <summary>The convolution's scratch fits where the input was, which its planner takes for free by then.</summary>
    [Theory]
    [InlineData("esp-nn-s3")]
    [InlineData("cmsis-nn")]
    [InlineData("cmsis-nn-mve")]
    public void Scratch_of_later_operators_stays_off_an_input(string kernels)
    {
        var b = new ModelBuilder();
        ModelTensor pooled = b.MaxPool(b.Input("x", [1, 32, 32, 8]), kernel: 8, stride: 8);
        b.Output(b.Conv2D(b.Conv2D(pooled, filters: 16, kernel: 3), filters: 8, kernel: 3));
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        foreach (string overlap in new[] { "none", "in-place", "diagonal" })
        {
            OptimizationResult kept = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = kernels, Overlap = overlap, KeepInputs = "true" });
            AssertKept(kept);
            Assert.True(kept.Arena.Buffers.Any(buffer => buffer.IsScratch), "the kernels take no scratch");
        }
    }

    [Fact]
    public void A_plan_of_another_tool_that_hands_inputs_on_is_an_error()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 16]), y = b.Tensor("y", [1, 16]), z = b.Tensor("z", [1, 16]);
        b.Custom("One", [x], [y]);
        b.Custom("Two", [y], [z]);
        b.Output(z);
        b.OfflinePlan(0, 16, 0);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        Assert.True(ModelOptimizer.Optimize(model, new OptimizationRequest()).Succeeded);
        foreach (string runtime in new[] { "tflm", "none" })
        {
            TinyReorderException e = Assert.Throws<TinyReorderException>(() =>
                ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = runtime, KeepInputs = "true" }));
            Assert.Equal(DiagnosticCodes.KeptInputs, e.Diagnostic.Code);
        }
    }

    private static void AssertKept(OptimizationResult result)
    {
        foreach (int input in result.Model.Subgraphs[0].Inputs)
        {
            foreach (TflmBuffer it in result.Arena.Buffers.Where(buffer => buffer.Subgraph == 0 && buffer.Tensor == input))
                Assert.DoesNotContain(result.Arena.Buffers,
                    other => other != it && other.Last >= 0 && other.Bytes > 0 && other.Offset < it.Offset + it.Bytes
                    && it.Offset < other.Offset + other.Bytes);
        }
    }
}
