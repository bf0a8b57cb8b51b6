using TinyReorder.Operators;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Reports;

/// <summary>Multiplications, counted here by running the loops of the reference kernels.</summary>
public sealed class OperatorCostTests
{
    [Fact]
    public void A_convolution_multiplies_in_its_innermost_loop()
    {
        var b = new ModelBuilder();
        b.Output(b.Conv2D(b.Input("x", [1, 7, 6, 3]), filters: 5, kernel: 3, stride: 2));
        long macs = 0;
        Loop([4, 3, 5, 3, 3, 3], () => macs++);

        Assert.Equal(macs, Macs(b));
    }

    [Fact]
    public void A_depthwise_convolution_multiplies_once_a_channel()
    {
        var b = new ModelBuilder();
        b.Output(b.DepthwiseConv2D(b.Input("x", [1, 7, 6, 3]), kernel: 3, multiplier: 2));
        long macs = 0;
        Loop([7, 6, 3, 2, 3, 3], () => macs++);

        Assert.Equal(macs, Macs(b));
    }

    [Fact]
    public void A_transposed_convolution_multiplies_for_each_input()
    {
        var b = new ModelBuilder();
        b.Output(b.TransposeConv(b.Input("x", [1, 4, 5, 3]), filters: 2, kernel: 3));
        long macs = 0;
        Loop([4, 5, 3, 3, 3, 2], () => macs++);

        Assert.Equal(macs, Macs(b));
    }

    [Fact]
    public void A_dense_layer_multiplies_for_each_row()
    {
        var b = new ModelBuilder();
        b.Output(b.FullyConnected(b.Input("x", [3, 8]), units: 5));

        Assert.Equal(3 * 8 * 5, Macs(b));
    }

    [Fact]
    public void What_is_not_counted_is_not_called_zero()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", [3, 8])));

        Assert.Null(Macs(b));
    }

    private static void Loop(int[] counts, Action body)
    {
        int all = counts.Aggregate(1, (product, count) => product * count);
        for (int i = 0; i < all; i++)
            body();
    }

    private static long? Macs(ModelBuilder b)
    {
        TfliteSubgraph subgraph = TfliteModel.Load(b.Build(), "m").Subgraphs[0];
        return OperatorCost.Macs(subgraph, subgraph.Operators[0]);
    }
}
