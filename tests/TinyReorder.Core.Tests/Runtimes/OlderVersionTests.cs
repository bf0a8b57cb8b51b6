using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

/// <summary>What older versions ask for, each against the next newer one.</summary>
public class OlderVersionTests
{
    private static readonly string[] Versions = ["f6c16a2", "a3e7bdad", "b766947"];

    [Theory]
    [InlineData(3, 1, "4ab83cc", 112)]
    [InlineData(3, 1, "22080c6", 112)]
    [InlineData(3, 1, "bfc54ed", 112)]
    [InlineData(3, 1, "e98ee09", 108)]
    [InlineData(3, 1, "977abe9", 108)]
    [InlineData(1, 1, "e98ee09", null)]
    [InlineData(1, 1, "977abe9", 12)]
    [InlineData(1, 2, "bfc54ed", null)]
    [InlineData(1, 2, "e98ee09", 12)]
    public void Columns_of_3_channels_in_CMSIS_NN_by_release(int kernel, int stride, string release, int? bytes)
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Conv2D(builder.Input("x", [1, 8, 8, 3]), 4, kernel, stride));

        Assert.Equal(bytes is { } size ? [size] : [], Allocator(builder, "tflm-cmsis-nn-dsp-" + release).ScratchBytes(0, 0));
    }

    [Theory]
    [InlineData("dsp", "bfc54ed", null)]
    [InlineData("dsp", "e98ee09", 144)]
    [InlineData("c", "e98ee09", null)]
    [InlineData("mve", "e98ee09", 4_464)]
    [InlineData("mve", "977abe9", 292)]
    public void Depthwise_3x3_of_8_channels_is_unrolled_until_2023(string cores, string release, int? bytes)
    {
        var builder = new ModelBuilder();
        builder.Output(builder.DepthwiseConv2D(builder.Input("x", [1, 8, 8, 8]), 3));

        Assert.Equal(bytes is { } size ? [size] : [], Allocator(builder, $"tflm-cmsis-nn-{cores}-{release}").ScratchBytes(0, 0));
    }

    [Fact]
    public void A_concatenation_kept_a_scale_and_a_zero_point_for_each_input_until_2024()
    {
        var builder = new ModelBuilder();
        ModelTensor[] inputs = [.. Enumerable.Range(0, 5).Select(i => builder.Input("x" + i, [1, 4, 4, 2]))];
        builder.Output(builder.Concat(3, inputs));

        // Two arrays of 20 B, each rounded up to 32.
        Assert.Equal(64, Persistent(builder, "tflm-reference-dc4dcb7") - Persistent(builder, "tflm-reference-87d5152"));
    }

    [Theory]
    [InlineData("esp-nn-s3-9195e96", 8, (2 * (72 + 512)) + 16)]
    [InlineData("esp-nn-s3-b859e50", 8, (2 * (72 + 512)) + 32)]
    [InlineData("esp-nn-s3-9195e96", 16, 144 + (10 * 10 * 16) + 16)]
    [InlineData("esp-nn-s3-9195e96", 4, 32)]
    public void Depthwise_on_the_ESP32_S3_before_its_margins_and_forms_of_2026(string profile, int channels, int bytes)
    {
        var builder = new ModelBuilder();
        builder.Output(builder.DepthwiseConv2D(builder.Input("x", [1, 8, 8, channels]), 3));

        // 8 channels: filter (72) and input (512) as 16 bits, and a margin; 16: filter (144), padded input and 16.
        Assert.Equal([bytes], Allocator(builder, "tflm-" + profile).ScratchBytes(0, 0));
    }

    [Fact]
    public void Several_subgraphs_are_bounded_where_each_is_planned_alone_and_not_planned_offline_where_the_plan_is_misread()
    {
        var builder = new ModelBuilder();
        SubgraphBuilder init = builder.Subgraph("init");
        init.AssignVariable(init.VarHandle("state"), init.Constant("zero", [1, 16], TensorType.Int8, new byte[16]));
        builder.CallOnce(init);
        builder.Output(builder.Relu(builder.Input("x", [1, 16])));
        TfliteModel model = TfliteModel.Load(builder.Build(), "m.tflite");

        TflmAllocation[] allocations = [.. Versions.Select(version =>
        {
            TflmAllocator allocator = Allocator(builder, "tflm-reference-" + version);
            return allocator.Allocate(allocator.FileOrders());
        })];

        Assert.Equal([false, true, true], allocations.Select(allocation => allocation.Exact));
        Assert.Single(allocations[0].Diagnostics,
            diagnostic => diagnostic.Code == DiagnosticCodes.ScratchUpperBound && diagnostic.Message.Contains("plans each subgraph on its own"));
        Diagnostic refused = Assert.Throws<TinyReorderException>(() => Offline(model, "tflm@2022-12")).Diagnostic;
        Assert.Contains("reads an offline plan from its start again for each subgraph", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PlanChoice.Offline, Offline(model, "tflm@2023-12").Arena.Plan);
    }

    private static OptimizationResult Offline(TfliteModel model, string runtime) =>
        ModelOptimizer.Optimize(model,
            new OptimizationRequest { Runtime = runtime, Kernels = "reference", Abi = "short-enums", Plan = "offline", Order = "file", SearchSeconds = "0" });

    private static long Persistent(ModelBuilder builder, string profile)
    {
        TflmAllocator allocator = Allocator(builder, profile);
        return allocator.Allocate(allocator.FileOrders()).PersistentBytes;
    }

    private static TflmAllocator Allocator(ModelBuilder builder, string profile) =>
        new(TfliteModel.Load(builder.Build(), "m.tflite"), RuntimeProfile.Find(profile));
}
