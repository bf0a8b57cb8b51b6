using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

public class TensorNoteTests
{
    [Theory]
    [InlineData(new[] { -1, -1, -1, 3 }, new[] { 1, 1, 1, 3 }, true)]
    [InlineData(new[] { -1, 1, 1, 3 }, new[] { 1, 1, 1, 3 }, false)]
    [InlineData(new[] { -1, -1, -1, 3 }, new[] { 1, 4, 4, 3 }, false)]
    [InlineData(new[] { -1, 3 }, new[] { 1, 1, 1, 3 }, false)]
    public void Dimensions_that_were_left_open_beyond_the_batch_are_named(int[] signature, int[] shape, bool isNamed)
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("image", shape);
        x.ShapeSignature = signature;
        builder.Output(builder.Relu(x));

        Diagnostic[] notes = ModelOptimizer.Optimize(Load(builder), new OptimizationRequest { Runtime = "none" }).Diagnostics.Where(diagnostic =>
            diagnostic.Code == "TINY2013").ToArray();

        Assert.Equal(isNamed ? 1 : 0, notes.Length);
        Assert.All(notes, note =>
            Assert.StartsWith("input 'image' (tensor 0) was converted with the signature [-1, -1, -1, 3]", note.Message, StringComparison.Ordinal));
        Assert.All(notes, note => Assert.Equal(DiagnosticSeverity.Warning, note.Severity));
    }

    [Fact]
    public void Text_counts_nothing_without_a_runtime_and_is_refused_with_one()
    {
        var builder = new ModelBuilder();
        ModelTensor words = builder.Input("words", [4], TensorType.String), y = builder.Tensor("y", [1, 64]);
        builder.Custom("Embed", [words], [y]);
        builder.Output(y);

        OptimizationResult plain = ModelOptimizer.Optimize(Load(builder), new OptimizationRequest { Runtime = "none" }),
            tflm = ModelOptimizer.Optimize(Load(builder), new OptimizationRequest { Kernels = "reference" });

        Assert.Equal(64, plain.Arena.ArenaBytes);
        Diagnostic note = Assert.Single(plain.Diagnostics);
        Assert.Equal(("TINY2008", DiagnosticSeverity.Message), (note.Code, note.Severity));
        Assert.Equal("1 tensor of the type STRING (the first is 'words') count 0 B: what they hold has no fixed size and lies outside of the arena",
            note.Message);
        Assert.Contains(tflm.Diagnostics,
            diagnostic => diagnostic.Code == "TINY3004" && diagnostic.Message.Contains("has the type STRING", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_that_nothing_refers_to_may_have_any_shape_without_a_runtime()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", [1, 64])));
        builder.Tensor("forgotten", [-1, 7]);
        builder.Tensor("huge", [100_000, 100_000]);

        Assert.Equal(128, ModelOptimizer.Optimize(Load(builder), new OptimizationRequest { Runtime = "none" }).Arena.ArenaBytes);
    }

    [Fact]
    public void The_interpreter_plans_a_tensor_that_nothing_refers_to()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", [1, 64])));
        builder.Tensor("forgotten", [-1, 7]);

        Diagnostic refusal = Assert.Single(ModelOptimizer.Optimize(Load(builder), new OptimizationRequest { Kernels = "reference" }).Diagnostics);

        Assert.Equal("TINY3004", refusal.Code);
        Assert.Contains("('forgotten') of subgraph 0 has a negative dimension although nothing refers to it", refusal.Message, StringComparison.Ordinal);
    }

    private static TfliteModel Load(ModelBuilder builder) => TfliteModel.Load(builder.Build(), "m.tflite");
}
