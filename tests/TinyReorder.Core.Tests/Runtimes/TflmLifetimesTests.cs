using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

public class TflmLifetimesTests
{
    [Fact]
    public void One_clock_runs_through_what_is_called()
    {
        var builder = new ModelBuilder();
        SubgraphBuilder then = Doubling(builder, "then", 2), otherwise = Doubling(builder, "else", 1);
        ModelTensor condition = builder.Input("c", [1], TensorType.Bool), x = builder.Input("x", [1, 16]);
        ModelTensor y = builder.Relu(x);
        builder.Output(builder.Relu(builder.If(condition, then, otherwise, y)[0]));

        var lifetimes = Walk(builder);

        // Moment 1 is the first RELU, 2 the IF, 3 to 5 its then, 6 and 7 its else, 8 the last RELU.
        Assert.Equal([(0, 7), (0, 1), (1, 7), (2, 8), (8, 8)], lifetimes.Tensors[0]);
        Assert.Equal([(3, 4), (4, 5), (5, 5)], lifetimes.Tensors[1]);
        Assert.Equal([(6, 7), (7, 7)], lifetimes.Tensors[2]);
        Assert.Equal((2, 7), lifetimes.Operators[0][1]);
    }

    [Fact]
    public void What_is_never_called_never_lives()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", [1, 16])));
        Doubling(builder, "lonely", 1);

        Assert.All(Walk(builder).Tensors[1], life => Assert.Equal((-1, -1), life));
    }

    [Fact]
    public void A_subgraph_outside_of_the_model_is_refused()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 16]), y = builder.Tensor("y", [1, 16]);
        builder.Operator("WHILE", [x], [y], new OptionsTable(93, new FlatTableNode().Int32(0, 1).Int32(1, 7)));
        builder.Output(y);
        Doubling(builder, "condition", 1);

        AssertRefused(DiagnosticCodes.IndexOutOfRange, builder, "calls subgraph 7");
    }

    [Fact]
    public void A_subgraph_that_calls_itself_is_refused()
    {
        var builder = new ModelBuilder();
        SubgraphBuilder first = builder.Subgraph("first"), second = builder.Subgraph("second");
        first.CallOnce(second);
        second.CallOnce(first);
        builder.CallOnce(first);

        AssertRefused(DiagnosticCodes.NotTopological, builder, "calls subgraph 1, which is running already");
    }

    [Fact]
    public void Calls_that_double_at_each_level_are_refused()
    {
        var builder = new ModelBuilder();
        SubgraphBuilder[] levels = Enumerable.Range(0, 40).Select(level => builder.Subgraph($"level {level}")).ToArray();
        for (int level = 0; level + 1 < levels.Length; level++)
        {
            levels[level].CallOnce(levels[level + 1]);
            levels[level].CallOnce(levels[level + 1]);
        }
        builder.CallOnce(levels[0]);

        AssertRefused(DiagnosticCodes.SizeOverflow, builder, "expand to more than 150,000 operators");
    }

    [Fact]
    public void A_deep_chain_of_calls_is_walked()
    {
        var builder = new ModelBuilder();
        SubgraphBuilder[] levels = Enumerable.Range(0, 3_000).Select(level => builder.Subgraph($"level {level}")).ToArray();
        for (int level = 0; level + 1 < levels.Length; level++)
            levels[level].CallOnce(levels[level + 1]);
        builder.CallOnce(levels[0]);

        Assert.Equal((1, 2 * levels.Length), Walk(builder).Operators[0][0]);
    }

    private static SubgraphBuilder Doubling(ModelBuilder model, string name, int times)
    {
        SubgraphBuilder subgraph = model.Subgraph(name);
        ModelTensor x = subgraph.Input("x", [1, 16]);
        for (int i = 0; i < times; i++)
            x = subgraph.Relu(x);
        subgraph.Output(x);
        return subgraph;
    }

    private static TflmLifetimes Walk(ModelBuilder builder)
    {
        var model = TfliteModel.Load(builder.Build(), "m.tflite");
        return TflmLifetimes.Of(model, new TflmAllocator(model, RuntimeProfile.Find("reference")).FileOrders());
    }

    private static void AssertRefused(string code, ModelBuilder builder, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Walk(builder)).Diagnostic;
        Assert.Equal((code, "m.tflite"), (diagnostic.Code, diagnostic.File));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }
}
