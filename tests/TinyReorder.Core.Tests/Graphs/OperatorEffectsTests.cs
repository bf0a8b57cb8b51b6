using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Graphs;

/// <summary>Operators whose effects no tensor shows keep their order.</summary>
public class OperatorEffectsTests
{
    /// <summary>By bytes alone the second branch comes first: it ends small, and the first one is large while it lies around.</summary>
    [Theory]
    [InlineData("BUILTIN_250", false)]
    [InlineData("CUSTOM", false)]
    [InlineData("RELU", true)]
    public void Operators_that_nobody_knows_keep_their_order(string kind, bool mayMove)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 16]), large = b.Tensor("large", [1, 64]), wide = b.Tensor("wide", [1, 512]), small = b.Tensor("small", [1, 4]);
        Add(large, x);
        Add(wide, x);
        b.Operator("TANH", [wide], [small]);
        b.Output(large, small);
        Assert.Equal(mayMove, Moves(b));

        void Add(ModelTensor output, ModelTensor input)
        {
            if (kind == "CUSTOM")
                b.Custom("Mine", [input], [output]);
            else
                b.Operator(kind, [input], [output]);
        }
    }

    /// <summary>A tensor, or another one with the same bytes of the file, that an operator writes over: the reader in front stays in front.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Readers_of_a_constant_that_is_written_stay_on_their_side(bool isWritten)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 16]), table = b.Constant("table", [1, 64], TensorType.Int8, new byte[64]);
        ModelTensor large = b.Tensor("large", [1, 64]), wide = b.Tensor("wide", [1, 512]), small = b.Tensor("small", [1, 4]);
        b.Operator("TANH", [table], [large]);
        b.Operator("TANH", [x], isWritten ? [wide, table] : [wide]);
        b.Operator("TANH", [wide], [small]);
        b.Output(large, small);
        Assert.Equal(!isWritten, Moves(b));
    }

    private static bool Moves(ModelBuilder built)
    {
        TfliteModel model = TfliteModel.Load(built.Build(), "built.tflite");
        int[] order = [.. ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = "none", Overlap = "none" }).Subgraphs[0].Order];
        return Array.IndexOf(order, 0) > Array.IndexOf(order, 1);
    }
}
