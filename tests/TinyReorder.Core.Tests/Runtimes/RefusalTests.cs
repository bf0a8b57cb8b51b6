using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

public class RefusalTests
{
    public static TheoryData<string> MeasuredModels
    {
        get
        {
            var models = new TheoryData<string>(MeasuredArena.All.Select(row => row.Model).Distinct());
            if (models.Count == 0)
                models.Add("(none)");
            return models;
        }
    }

    [SkippableTheory]
    [InlineData("arm_lstm_unrolled.tflite", "FILL) of subgraph 0 computes its input 0, which has to be a constant")]
    [InlineData("dtln_quant_1.tflite",
        "FULLY_CONNECTED) of subgraph 0 (and 4 more of them) has FLOAT32 with INT8 as input 0 and input 1; the kernel takes FLOAT32 with FLOAT32")]
    [InlineData("dtln_while.tflite", "WHILE) of subgraph 0 (and 1 more of them) is written with an operator code from before the 32-bit field")]
    [InlineData("litert_buffers_outside.tflite", "STABLEHLO_COMPOSITE) of subgraph 0 is not an operator that the interpreter has")]
    [InlineData("litert_two_signatures_kv.tflite", "SELECT) of subgraph 0")]
    [InlineData("mobilenet_v1_025_128.tflite", "CONV_2D) of subgraph 0 (and 14 more of them) has UINT8 with UINT8 as input 0 and input 1")]
    [InlineData("movenet_lightning.tflite", "CAST) of subgraph 0 has UINT8 as input 0; the kernel takes INT8, INT16")]
    [InlineData("movinet.tflite", "STRIDED_SLICE) of subgraph 0 (and 10 more of them) has a tensor of rank 5 as input 0; the kernel takes at most 4")]
    [InlineData("split_concat.tflite", "CONCATENATION) of subgraph 0 (and 1 more of them) has UINT8 as input 0")]
    public void What_real_models_are_refused_for_is_said_at_build_time(string model, string message)
    {
        string path = Path.Combine(MeasuredArena.Models, model);
        Skip.IfNot(File.Exists(path), "shared/models is not there");

        Diagnostic[] refusals = Refusals(TfliteModel.Load(File.ReadAllBytes(path), model));

        Assert.Contains(refusals, refusal => refusal.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.Equal(DiagnosticSeverity.Warning, refusal.Severity));
    }

    [SkippableTheory]
    [MemberData(nameof(MeasuredModels))]
    public void Models_that_run_are_not_refused(string model)
    {
        string path = Path.Combine(MeasuredArena.Models, model);
        Skip.IfNot(File.Exists(path), "shared/models is not there");

        Assert.Empty(Refusals(TfliteModel.Load(File.ReadAllBytes(path), model)));
    }

    [Fact]
    public void Scratch_of_what_is_never_called_is_refused()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", [1, 16])));
        SubgraphBuilder lonely = builder.Subgraph("lonely");
        lonely.Output(lonely.Mean(lonely.Input("x", [1, 4, 4, 2]), true, 1, 2));

        Diagnostic refusal = Assert.Single(Refusals(TfliteModel.Load(builder.Build(), "m.tflite")));

        Assert.Equal((1, 0), (refusal.Subgraph, refusal.Operator));
        Assert.Contains("needs scratch in a subgraph that nothing calls", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cmsis-nn-c", nameof(TensorType.Int8), 5, "(TRANSPOSE) of subgraph 0 has a tensor of rank 5 as input 0; the kernel takes at most 4 of INT8")]
    [InlineData("cmsis-nn-dsp", nameof(TensorType.Int8), 5, "the kernel takes at most 4 of INT8")]
    [InlineData("cmsis-nn-mve", nameof(TensorType.Int8), 5, "the kernel takes at most 4 of INT8")]
    [InlineData("cmsis-nn-c", nameof(TensorType.Int8), 4, null)]
    [InlineData("cmsis-nn-c", nameof(TensorType.Float32), 5, null)]
    [InlineData("cmsis-nn-c", nameof(TensorType.Float32), 6, "has a tensor of rank 6 as input 0; the kernel takes at most 5;")]
    [InlineData("reference", nameof(TensorType.Int8), 5, null)]
    [InlineData("reference", nameof(TensorType.Int8), 6, "the kernel takes at most 5;")]
    public void Ranks_that_the_kernel_of_a_type_does_not_transpose_are_refused(string kernels, string typeName, int rank, string? message)
    {
        TensorType type = Enum.Parse<TensorType>(typeName);
        var builder = new ModelBuilder();
        builder.Output(builder.Transpose(builder.Input("x", Enumerable.Repeat(2, rank).ToArray(), type), Enumerable.Range(0, rank).Reverse().ToArray()));

        Diagnostic[] refusals = Refusals(TfliteModel.Load(builder.Build(), "m.tflite"), kernels);

        if (message is null)
            Assert.Empty(refusals);
        else
            Assert.Contains(message, Assert.Single(refusals).Message, StringComparison.Ordinal);
    }

    private static Diagnostic[] Refusals(TfliteModel model, string kernels = "reference")
    {
        var allocator = new TflmAllocator(model, RuntimeProfile.Find(kernels));
        return allocator.Allocate(allocator.FileOrders()).Diagnostics.Where(diagnostic => diagnostic.Code == DiagnosticCodes.RuntimeRefuses).ToArray();
    }
}
