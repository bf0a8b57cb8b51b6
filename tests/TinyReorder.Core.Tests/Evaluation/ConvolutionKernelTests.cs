using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Evaluation;

/// <summary>Layers with weights on a few values each, computed by hand.</summary>
public class ConvolutionKernelTests
{
    private static readonly Quantization Half = new(0.5f, 0);

    [Fact]
    public void A_convolution_adds_up_its_window()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<sbyte>([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]), filter = one.Constant<sbyte>([1, 2, 2, 1], [1, 1, 1, 1]);

        Assert.Equal<sbyte>([12, 16, 24, 28], one.Run<sbyte>("CONV_2D", Window(Padding.Valid), [x, filter, null], one.Output<sbyte>([1, 2, 2, 1])));
    }

    /// <summary>Integers stand for 1 to 9; the sums 12, 16, 9, 24, 28, 15, 15, 17 and 9 are halved, half up, and moved by 3.</summary>
    [Fact]
    public void Padding_counts_as_zero_and_results_are_scaled_and_moved()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<sbyte>([1, 3, 3, 1], [2, 3, 4, 5, 6, 7, 8, 9, 10], new Quantization(0.5f, 1));
        ModelTensor filter = one.Constant<sbyte>([1, 2, 2, 1], [1, 1, 1, 1], Half), output = one.Output<sbyte>([1, 3, 3, 1], new Quantization(0.5f, 3));

        Assert.Equal<sbyte>([9, 11, 8, 15, 17, 11, 11, 12, 8], one.Run<sbyte>("CONV_2D", Window(Padding.Same), [x, filter, null], output));
    }

    /// <summary>The window has two rows two apart, and moves two columns at a time: in[y][2x] + 10 in[y + 2][2x] + 1000.</summary>
    [Fact]
    public void Strides_and_dilations_differ_by_axis_and_shorts_have_a_wide_bias()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<short>([1, 4, 5, 1], Enumerable.Range(0, 20).Select(value => (short)value).ToArray());
        ModelTensor filter = one.Constant<sbyte>([1, 2, 1, 1], [1, 10], OneOperator.Plain), bias = one.Constant<long>([1], [1000]);
        FlatTableNode options = new FlatTableNode().Byte(0, (int)Padding.Valid).Int32(1, 2).Int32(2, 1).Int32(4, 1).Int32(5, 2);

        Assert.Equal<short>(
            [1100, 1122, 1144, 1155, 1177, 1199], one.Run<short>("CONV_2D", options, [x, filter, bias], one.Output<short>([1, 2, 3, 1])));
    }

    [Fact]
    public void Groups_read_their_own_channels_and_an_activation_cuts()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<float>([1, 1, 2, 2], [1, 2, 3, 4]), filter = one.Constant<float>([2, 1, 1, 1], [2, -1]);

        Assert.Equal([2.5f, 5, 6, 3], one.Run<float>(
            "CONV_2D", Window(Padding.Valid).Byte(3, (int)Fused.Relu6), [x, filter, one.Constant<float>([2], [0.5f, 7])], one.Output<float>([1, 1, 2, 2])));
    }

    /// <summary>Sums with bias: 4, 6, 15 and 24; the scales of the channels are 1, 1/2, 1 and 1/4.</summary>
    [Fact]
    public void A_depthwise_convolution_makes_several_channels_of_one()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<sbyte>([1, 1, 1, 2], [3, 5]);
        ModelTensor filter = one.Constant<sbyte>([1, 1, 1, 4], [1, 2, 3, 4], Quantization.PerChannel([1, 0.5f, 1, 0.25f], 3));
        ModelTensor bias = one.Constant<int>([4], [1, 0, 0, 4]);

        Assert.Equal<sbyte>([4, 3, 15, 6], one.Run<sbyte>(
            "DEPTHWISE_CONV_2D", Window(Padding.Same).Int32(3, 2), [x, filter, bias], one.Output<sbyte>([1, 1, 1, 4])));
    }

    [Fact]
    public void A_depthwise_convolution_of_floats_reads_its_own_channel()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<float>([1, 1, 2, 2], [1, 2, 3, 4]), filter = one.Constant<float>([1, 1, 2, 2], [1, 10, 100, 1000]);

        Assert.Equal([301f, 4020], one.Run<float>("DEPTHWISE_CONV_2D", Window(Padding.Valid), [x, filter, null], one.Output<float>([1, 1, 1, 2])));
    }

    [Fact]
    public void A_transposed_convolution_spreads_each_element()
    {
        var one = new OneOperator();
        ModelTensor shape = one.Model.Int32s("shape", 1, 1, 4, 1), x = one.Input<float>([1, 1, 2, 1], [1, 2]);

        Assert.Equal([10f, 1, 20, 2], one.Run<float>(
            "TRANSPOSE_CONV", Spread(), [shape, one.Constant<float>([1, 1, 2, 1], [10, 1]), x], one.Output<float>([1, 1, 4, 1])));
    }

    [Fact]
    public void A_transposed_convolution_of_integers_scales_its_sums()
    {
        var one = new OneOperator();
        ModelTensor shape = one.Model.Int32s("shape", 1, 1, 4, 1), x = one.Input<sbyte>([1, 1, 2, 1], [3, 5], new Quantization(0.5f, 1));
        ModelTensor filter = one.Constant<sbyte>([1, 1, 2, 1], [10, 1]), bias = one.Constant<int>([1], [2]);

        Assert.Equal<sbyte>([22, 4, 42, 6], one.Run<sbyte>(
            "TRANSPOSE_CONV", Spread(), [shape, filter, x, bias], one.Output<sbyte>([1, 1, 4, 1], Half)));
    }

    /// <summary>Real inputs 0 and -3, rows (1, 2) and (3, 4): -6 and -12, with bias -5 and 88; RELU leaves the zero point, -1.</summary>
    [Fact]
    public void A_fully_connected_layer_reads_the_whole_row()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<sbyte>([1, 2], [1, -2], new Quantization(1, 1)), filter = one.Constant<sbyte>([2, 2], [1, 2, 3, 4]);

        Assert.Equal<sbyte>([-1, 87], one.Run<sbyte>(
            "FULLY_CONNECTED",
            new FlatTableNode().Byte(0, (int)Fused.Relu),
            [x, filter, one.Constant<int>([2], [1, 100])],
            one.Output<sbyte>([1, 2], new Quantization(1, -1))));
    }

    [Fact]
    public void A_fully_connected_layer_of_shorts_and_one_of_floats()
    {
        var shorts = new OneOperator();
        ModelTensor x = shorts.Input<short>([2, 2], [100, 200, 300, 400]), filter = shorts.Constant<sbyte>([1, 2], [1, 2]);
        Assert.Equal<short>([501, 1101], shorts.Run<short>(
            "FULLY_CONNECTED", new(), [x, filter, shorts.Constant<long>([1], [1])], shorts.Output<short>([2, 1])));

        var floats = new OneOperator();
        ModelTensor y = floats.Input<float>([1, 2], [1.5f, 2]);
        Assert.Equal([4.5f, 1], floats.Run<float>(
            "FULLY_CONNECTED", new(), [y, floats.Constant<float>([2, 2], [1, 1, 0, 0]), floats.Constant<float>([2], [1, 1])], floats.Output<float>([1, 2])));
    }

    private static FlatTableNode Window(Padding padding) => new FlatTableNode().Byte(0, (int)padding).Int32(1, 1).Int32(2, 1);

    private static FlatTableNode Spread() => new FlatTableNode().Byte(0, (int)Padding.Same).Int32(1, 2).Int32(2, 1);
}
