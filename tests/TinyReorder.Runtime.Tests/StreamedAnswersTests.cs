using TinyReorder.Optimization;
using TinyReorder.Tests.Runtime.Models;
using TinyReorder.Tests.Runtime.Running;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Runtime;

/// <summary>
/// TensorFlow Lite itself, which we did not write and which knows nothing of our plans, answers to a model whose rows stream through loops as it does to the
/// original: byte for byte in int8. It gives each variable of a loop memory of its own, so this speaks of what the loops compute.
/// </summary>
public class StreamedAnswersTests(ITestOutputHelper output)
{
    private const string BuiltName = "built: images";
    private const string WithoutLoops = "tflm@2023-12";
    private const byte Memory = 0x3C, Fill = 0x5A;

    // Without padding that differs from row to row the tables of rows inside of the image would go unseen; each of these has some.
    private static readonly string[] SharedNames = ["mlperf_vww.tflite", "mlperf_resnet8.tflite", "nxp_shufflenetv2.tflite"];

    public static TheoryData<string, string> QuickModels => InEachEngine([BuiltName]);

    public static TheoryData<string, string> BandedModels => InEachEngine(["mlperf_vww.tflite"]);

    public static TheoryData<string, string> OtherModels => InEachEngine(SharedNames);

    [SkippableTheory]
    [MemberData(nameof(QuickModels))]
    public void A_streamed_model_answers_as_the_original_does(string engine, string name) => AnswerAlike(engine, name, StreamRequests.Generous);

    /// <summary>Bands are plain operators, so that nothing has to be filled.</summary>
    [SkippableTheory]
    [MemberData(nameof(QuickModels))]
    public void A_model_in_bands_answers_as_the_original_does(string engine, string name) =>
        AnswerAlike(engine, name, StreamRequests.Generous with { Runtime = WithoutLoops });

    private void AnswerAlike(string engine, string name, OptimizationRequest request)
    {
        RuntimePackages.Require();
        Skip.If(name != BuiltName && !RunnableModels.Shared.Contains(name), $"the shared model {name} is not there");
        TfliteModel model = name == BuiltName ? Images() : SharedModels.Load(name);
        OptimizationResult result = ModelOptimizer.Optimize(model, request);
        Assert.True(result.Arena.IsStreamed, result.Rewrite!.Reason);
        bool isInBands = request.Runtime == WithoutLoops;
        Assert.All(result.Rewrite!.Regions, region => Assert.Equal(isInBands, region.Body is null));
        byte[] streamed = isInBands ? result.OptimizedModel : FilledVariables.Of(TfliteModel.Load(result.OptimizedModel, name), Fill);
        int invocations = Answers.InvocationsOf(model);
        IReadOnlyList<ModelAnswer> answers = ModelRunner.Run(
            [new ModelRun(engine, model.Bytes, Memory, invocations), new ModelRun(engine, streamed, Memory, invocations)]);
        output.WriteLine($"{engine} {name}: {result.Rewrite.Regions.Count} regions, {answers[0].Hashes.Count} invocations of {answers[0].OutputBytes:N0} B");
        Assert.All(answers, answer => Assert.Equal("", answer.Refusal));
        // Answers that are all alike would prove nothing.
        Assert.NotEqual(1, answers[0].Hashes.Distinct().Count());
        Assert.Equal(answers[0].Hashes, answers[1].Hashes);
    }

    [SkippableTheory]
    [MemberData(nameof(OtherModels))]
    [Trait("Category", "Slow")]
    public void A_streamed_real_model_answers_as_the_original_does(string engine, string name) => A_streamed_model_answers_as_the_original_does(engine, name);

    [SkippableTheory]
    [MemberData(nameof(BandedModels))]
    [Trait("Category", "Slow")]
    public void A_real_model_in_bands_answers_as_the_original_does(string engine, string name) => A_model_in_bands_answers_as_the_original_does(engine, name);

    private static TheoryData<string, string> InEachEngine(IReadOnlyList<string> names)
    {
        var models = new TheoryData<string, string>();
        foreach (string engine in Answers.Engines)
        {
            foreach (string name in names)
                models.Add(engine, name);
        }
        return models;
    }

    /// <summary>Convolutions with padding on images of 40 rows, the last with a stride of 2.</summary>
    private static TfliteModel Images()
    {
        var b = new ModelBuilder();
        ModelTensor wide = b.Conv2D(b.Input("x", [1, 40, 40, 3]), filters: 16, kernel: 3, fused: Fused.Relu);
        ModelTensor deep = b.Conv2D(b.DepthwiseConv2D(wide, kernel: 3), filters: 16, kernel: 3, stride: 2);
        b.Output(b.FullyConnected(b.Reshape(b.GlobalAveragePool(deep), 1, 16), units: 4));
        return TfliteModel.Load(b.Build(), BuiltName);
    }
}
