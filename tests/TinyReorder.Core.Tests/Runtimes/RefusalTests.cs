using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
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
    [InlineData("dtln_quant_1.tflite", "FULLY_CONNECTED) of subgraph 0 (and 4 more of them) has FLOAT32 with INT8 as input 0 and input 1; the kernel takes FLOAT32 with FLOAT32")]
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

    private static Diagnostic[] Refusals(TfliteModel model)
    {
        var allocator = new TflmAllocator(model, RuntimeProfile.Find("reference"));
        return allocator.Allocate(allocator.FileOrders()).Diagnostics.Where(diagnostic => diagnostic.Code == DiagnosticCodes.RuntimeRefuses).ToArray();
    }
}
