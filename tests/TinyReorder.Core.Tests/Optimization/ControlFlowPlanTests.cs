using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>Where the device's planner sees less than what runs, or more.</summary>
public class ControlFlowPlanTests
{
    [Fact]
    public void An_entry_of_the_plan_that_the_device_takes_for_a_variables_is_empty()
    {
        var b = new ModelBuilder();
        ModelTensor condition = b.Input("condition", [1], TensorType.Bool), x = b.Input("x", [1, 64]);
        SubgraphBuilder then = b.Subgraph("then"), otherwise = b.Subgraph("else");
        ModelTensor variable = WithVariable(then, x, variablesBefore: 1);
        otherwise.Output(otherwise.Relu(otherwise.Input("x", x.Shape)));
        ModelTensor first = b.Relu(x);
        b.Output(b.Relu6(b.Add(b.If(condition, then, otherwise, b.Relu(first))[0], first)));
        Assert.Equal(first.Index, variable.Index);

        OptimizationResult result = Optimize(b.Build(), "offline");

        IReadOnlyList<long> plan = OfflinePlan.Find(TfliteModel.Load(result.OptimizedModel, "optimized"))!.OffsetBytes;
        Assert.Equal(OfflinePlan.Online, plan[variable.Index]);
        Assert.Equal(OfflinePlan.Online, plan[b.Tensors.Count + variable.Index]);
        Assert.Equal(6, plan.Take(b.Tensors.Count).Count(offset => offset != OfflinePlan.Online));
        Assert.True(result.Arena.Exact);
    }

    [Fact]
    public void A_subgraph_that_nothing_calls_costs_no_height_in_an_offline_plan()
    {
        OptimizationResult alone = Optimize(Chain(new ModelBuilder()).Build(), "offline");
        var b = new ModelBuilder();
        Chain(b);
        Chain(b.Subgraph("other"));

        OptimizationResult device = Optimize(b.Build(), "device"), offline = Optimize(b.Build(), "offline");

        Assert.Equal(alone.Arena.PlannedBytes, offline.Arena.PlannedBytes);
        // The device lays them side by side: every tensor of a subgraph that it does not see lives at the same moment.
        Assert.Equal(4 * 1024, device.Arena.PlannedBytes);
        Assert.Equal(2 * 1024, offline.Arena.PlannedBytes);
    }

    [Theory]
    [InlineData("offline")]
    [InlineData("device")]
    public void Scratch_in_a_subgraph_that_nothing_calls_is_warned_of(string plan)
    {
        var b = new ModelBuilder();
        Chain(b);
        SubgraphBuilder other = b.Subgraph("other");
        other.Output(other.Mean(other.Input("x", [1, 4, 4, 2]), keepDimensions: true, 1, 2));

        OptimizationResult result = Optimize(b.Build(), plan);

        Diagnostic refused = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
        Assert.Equal((DiagnosticCodes.RuntimeRefuses, 1, 0), (refused.Code, refused.Subgraph, refused.Operator));
        // Only our plan lays it over the others.
        Assert.Equal(plan == "offline", result.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.UncalledSubgraph));
    }

    [Fact]
    public void Calls_that_the_device_does_not_see_are_planned_for_all_the_same()
    {
        var b = new ModelBuilder();
        ModelTensor condition = b.Input("condition", [1], TensorType.Bool), x = b.Input("x", [1, 64]);
        SubgraphBuilder then = b.Subgraph("then"), otherwise = b.Subgraph("else");
        then.Output(then.Relu(then.Input("x", x.Shape)));
        otherwise.Output(otherwise.Relu6(otherwise.Input("x", x.Shape)));
        b.Output(b.Add(b.If(condition, then, otherwise, x)[0], x));
        byte[] seen = b.Build(), unseen = WithOldCodesOnly(seen);

        OptimizationResult now = Optimize(seen, "auto"), old = Optimize(unseen, "auto"), device = Optimize(unseen, "device");

        Assert.Equal(PlanChoice.Offline, old.Arena.Plan);
        Assert.Equal(now.Arena.PlannedBytes, old.Arena.PlannedBytes);
        Assert.DoesNotContain(old.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.RuntimeRefuses);
        Assert.Contains(device.Diagnostics, diagnostic => diagnostic is { Code: DiagnosticCodes.RuntimeRefuses, Severity: DiagnosticSeverity.Warning });
    }

    [Fact]
    public void An_arena_that_is_full_while_kernels_prepare_is_no_gap_in_the_placement()
    {
        var b = new ModelBuilder();
        b.Output(b.Conv2D(b.Input("x", [1, 1, 1, 8]), filters: 1024));

        // 21,280 was measured on the real interpreter.
        OptimizationResult result = Optimize(b.Build(), "offline");

        Assert.Equal(21_280, result.Arena.ArenaBytes);
        Assert.Equal(21_280, result.Arena.ArenaBoundBytes);
        Assert.Empty(result.Diagnostics);
    }

    private static OptimizationResult Optimize(byte[] bytes, string plan) =>
        ModelOptimizer.Optimize(TfliteModel.Load(bytes, "built.tflite"),
            new OptimizationRequest { Kernels = "reference", Abi = "short-enums", Plan = plan, Overlap = "none" });

    private static TBuilder Chain<TBuilder>(TBuilder b) where TBuilder : SubgraphBuilder
    {
        ModelTensor x = b.Input("x", [1, 1024]);
        b.Output(b.Relu6(b.Relu(b.LeakyRelu(x))));
        return b;
    }

    private static ModelTensor WithVariable(SubgraphBuilder b, ModelTensor like, int variablesBefore)
    {
        ModelTensor x = b.Input("x", like.Shape);
        for (int i = 0; i < variablesBefore; i++)
            b.Int32s($"filler {i}", 0);
        ModelTensor state = b.Variable("state", [1, 4], TensorType.Int16, new Quantization(1f / 64, 0)), y = b.Tensor("y", [1, 2]);
        ModelTensor features = b.Constant("features", [2, like.Elements], TensorType.Int8, new byte[2 * like.Elements], new Quantization(1f / 256, 0));
        ModelTensor times = b.Constant("times", [2, 2], TensorType.Int16, new byte[8], new Quantization(1f / 32768, 0));
        ModelTensor bias = b.Constant("bias", [2], TensorType.Int32, new byte[8], new Quantization(1f / (64 * 32768), 0));
        b.Operator("SVDF", [x, features, times, bias, state], [y], new OptionsTable(6, new FlatTableNode().Int32(0, 1)));
        b.Output(b.Relu(x));
        return state;
    }

    /// <summary>The file as converters wrote it before the 32-bit field for operator codes.</summary>
    private static byte[] WithOldCodesOnly(byte[] file)
    {
        byte[] bytes = [.. file];
        int Follow(int at) => at + BitConverter.ToInt32(bytes, at);
        int Field(int table, int slot)
        {
            int vtable = table - BitConverter.ToInt32(bytes, table);
            int offset = 4 + (2 * slot) < BitConverter.ToUInt16(bytes, vtable) ? BitConverter.ToUInt16(bytes, vtable + 4 + (2 * slot)) : 0;
            return offset == 0 ? 0 : table + offset;
        }
        int codes = Follow(Field(Follow(0), 1));
        for (int i = 0; i < BitConverter.ToInt32(bytes, codes); i++)
        {
            int code = Follow(codes + 4 + (4 * i));
            if (Field(code, 3) == 0)
                continue;
            Assert.Equal(BitConverter.ToInt32(bytes, Field(code, 3)), (sbyte)bytes[Field(code, 0)]);
            BitConverter.TryWriteBytes(bytes.AsSpan(Field(code, 3)), 0);
        }
        return bytes;
    }
}
