using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Diagnostics;

/// <summary>Codes that need a model made for them.</summary>
public class RareCodesTests
{
    [Fact]
    public void A_board_without_kernels_is_told_and_its_arena_is_the_plan()
    {
        OptimizationResult result = Optimize(BuiltModels.Small(), new OptimizationRequest { Board = "megaatmega2560" });
        Diagnostic diagnostic = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Code == "TINY1005");
        Assert.Equal(("model.tflite", DiagnosticSeverity.Message, "none"), (diagnostic.File, diagnostic.Severity, result.Arena.Runtime));
    }

    [Fact]
    public void A_tensor_that_is_written_twice_is_named_with_its_writers()
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("x", [1, 8]), output = model.Tensor("y", [1, 8]);
        model.Operator("RELU", [input], [output]);
        model.Operator("TANH", [input], [output]);
        model.Output(output);
        Diagnostic diagnostic = Fails(model);
        Assert.Equal(("TINY2006", "model.tflite"), (diagnostic.Code, diagnostic.File));
        Assert.Contains("'y'", diagnostic.Message);
        Assert.Contains("written by operator 0", diagnostic.Message);
    }

    [Fact]
    public void A_type_that_is_not_known_cannot_lie_in_an_arena()
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("future", [4], (TensorType)99), output = model.Tensor("y", [4]);
        model.Operator("CAST", [input], [output]);
        model.Output(output);
        Diagnostic diagnostic = Fails(model);
        Assert.Equal("TINY2008", diagnostic.Code);
        Assert.Contains("has the type 99, which is newer than this project", diagnostic.Message);
    }

    [Fact]
    public void A_search_without_time_says_what_may_be_left_to_gain()
    {
        TfliteModel model = TfliteModel.Load(ModelOf(RandomGraphs.Create(GraphFamily.Arbitrary, 100, 1)).Build(), "model.tflite");
        Diagnostic told = Assert.Single(ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = "none", SearchSeconds = "0" }).Diagnostics,
            diagnostic => diagnostic.Code == "TINY4001");
        Assert.Equal(DiagnosticSeverity.Warning, told.Severity);
        Assert.Contains("raise SearchSeconds", told.Message);
    }

    [Theory]
    [InlineData(null, null, "kws.tflite : error TINY2001: text")]
    [InlineData(3, null, "kws.tflite(3): error TINY2001: text")]
    [InlineData(3, 7, "kws.tflite(3,7): error TINY2001: text")]
    public void A_line_is_where_editors_look_for_it(int? line, int? column, string expected) =>
        Assert.Equal(expected, (Diagnostic.Error("TINY2001", "text") with { File = "kws.tflite", Line = line, Column = column }).ToString());

    /// <summary>A model with the graph's data flow and sizes.</summary>
    private static ModelBuilder ModelOf(Graph graph)
    {
        var model = new ModelBuilder();
        var written = graph.Operators.SelectMany(op => op.Outputs).ToHashSet();
        ModelTensor[] tensors = graph.Tensors.Select((tensor, i) =>
            written.Contains(i) ? model.Tensor("t" + i, [(int)tensor.Bytes]) : model.Input("t" + i, [(int)tensor.Bytes])).ToArray();
        foreach (GraphOperator op in graph.Operators)
            model.Operator("ADD_N", [.. op.Inputs.Select(i => tensors[i])], [.. op.Outputs.Select(i => tensors[i])]);
        model.Output([.. tensors.Where((_, i) => graph.Tensors[i].IsOutput)]);
        return model;
    }

    private static Diagnostic Fails(ModelBuilder model) => Assert.Throws<TinyReorderException>(() => Optimize(model, new OptimizationRequest())).Diagnostic;

    private static OptimizationResult Optimize(ModelBuilder model, OptimizationRequest request) =>
        ModelOptimizer.Optimize(TfliteModel.Load(model.Build(), "model.tflite"), request);
}
