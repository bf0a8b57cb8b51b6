using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Evaluation;

/// <summary>Pools, means, softmax and resizing on a few values each, computed by hand.</summary>
public class ReducingKernelTests
{
    private static readonly FlatTableNode SameTwoByTwo = new FlatTableNode().Byte(0, (int)Padding.Same).Int32(1, 1).Int32(2, 1).Int32(3, 2).Int32(4, 2);

    /// <summary>The sums of the windows are -4, -2, -7 and -4 over 4, 2, 2 and 1 elements; half away from zero, then towards it.</summary>
    [Theory]
    [InlineData("AVERAGE_POOL_2D", new[] { -1, -1, -4, -4 })]
    [InlineData("MAX_POOL_2D", new[] { 2, 2, -3, -4 })]
    public void Pools_leave_out_what_lies_outside(string kind, int[] expected)
    {
        var bytes = new OneOperator();
        Assert.Equal(expected.Select(value => (sbyte)value), bytes.Run<sbyte>(
            kind, SameTwoByTwo, [bytes.Input<sbyte>([1, 2, 2, 1], [1, 2, -3, -4])], bytes.Output<sbyte>([1, 2, 2, 1])));

        var shorts = new OneOperator();
        Assert.Equal(expected.Select(value => (short)value), shorts.Run<short>(
            kind, SameTwoByTwo, [shorts.Input<short>([1, 2, 2, 1], [1, 2, -3, -4])], shorts.Output<short>([1, 2, 2, 1])));
    }

    [Theory]
    [InlineData("AVERAGE_POOL_2D", new[] { -1, -1, -3.5f, -4 })]
    [InlineData("MAX_POOL_2D", new[] { 2f, 2, -3, -4 })]
    public void Pools_of_floats(string kind, float[] expected)
    {
        var one = new OneOperator();

        Assert.Equal(expected, one.Run<float>(kind, SameTwoByTwo, [one.Input<float>([1, 2, 2, 1], [1, 2, -3, -4])], one.Output<float>([1, 2, 2, 1])));
    }

    /// <summary>Means of 2.75 and 27.5, with a zero point of 1 on both sides.</summary>
    [Fact]
    public void A_mean_of_integers_is_rounded_at_the_end()
    {
        var one = new OneOperator();
        Quantization moved = new(1, 1);
        ModelTensor x = one.Input<sbyte>([1, 2, 2, 2], [2, 11, 3, 21, 4, 31, 6, 51], moved), axes = one.Model.Int32s("axes", 1, -2);

        Assert.Equal<sbyte>([4, 29], one.Run<sbyte>("MEAN", new(), [x, axes], one.Output<sbyte>([1, 2], moved)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mean_of_floats(bool keepsDimensions)
    {
        var one = new OneOperator();
        ModelTensor x = one.Input<float>([1, 2, 2, 2], [1, 10, 2, 20, 3, 30, 5, 50]), axes = one.Model.Int32s("axes", 1, 2);
        ModelTensor output = one.Output<float>(keepsDimensions ? [1, 1, 1, 2] : [1, 2]);

        Assert.Equal([2.75f, 27.5f], one.Run<float>("MEAN", new FlatTableNode().Bool(0, keepsDimensions), [x, axes], output));
    }

    [Fact]
    public void A_softmax_of_equal_numbers_is_even()
    {
        FlatTableNode beta = new FlatTableNode().Single(0, 1);
        var bytes = new OneOperator();
        ModelTensor x = bytes.Input<sbyte>([2, 2], [5, 5, -100, 100], new Quantization(0.25f, 0));
        Assert.Equal<sbyte>([0, 0, -128, 127], bytes.Run<sbyte>("SOFTMAX", beta, [x], bytes.Output<sbyte>([2, 2], Quantization.Probability)));

        var wider = new OneOperator();
        ModelTensor y = wider.Input<sbyte>([1, 2], [5, 5], new Quantization(0.25f, 0));
        Assert.Equal<short>([0, 0], wider.Run<short>("SOFTMAX", beta, [y], wider.Output<short>([1, 2], new Quantization(1f / 65536, -32768))));

        var shorts = new OneOperator();
        ModelTensor z = shorts.Input<short>([1, 2], [500, 500], new Quantization(0.01f, 0));
        Assert.All(
            shorts.Run<short>("SOFTMAX", beta, [z], shorts.Output<short>([1, 2], new Quantization(1f / 32768, 0))),
            value => Assert.InRange(value, 16382, 16386));

        var floats = new OneOperator();
        Assert.Equal([0.25f, 0.75f], floats.Run<float>("SOFTMAX", beta, [floats.Input<float>([1, 2], [0, MathF.Log(3)])], floats.Output<float>([1, 2])),
            (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Theory]
    [InlineData(false, false, new[] { 1, 1, 2, 2 })]
    [InlineData(true, false, new[] { 1, 1, 2, 2 })]
    [InlineData(false, true, new[] { 1, 1, 2, 2 })]
    public void The_nearest_neighbour_is_copied(bool aligns, bool usesHalf, int[] expected)
    {
        var one = new OneOperator();
        FlatTableNode options = new FlatTableNode().Bool(0, aligns).Bool(1, usesHalf);

        Assert.Equal(expected.Select(value => (sbyte)value), one.Run<sbyte>(
            "RESIZE_NEAREST_NEIGHBOR", options, [one.Input<sbyte>([1, 1, 2, 1], [1, 2]), one.Model.Int32s("size", 1, 4)], one.Output<sbyte>([1, 1, 4, 1])));
    }

    [Theory]
    [InlineData(false, new[] { 0, 50, 100, 100 })]
    [InlineData(true, new[] { 0, 25, 75, 100 })]
    public void Neighbours_are_mixed(bool usesHalf, int[] expected)
    {
        FlatTableNode options = new FlatTableNode().Bool(3, usesHalf);
        var bytes = new OneOperator();
        Assert.Equal(expected.Select(value => (sbyte)value), bytes.Run<sbyte>(
            "RESIZE_BILINEAR", options, [bytes.Input<sbyte>([1, 1, 2, 1], [0, 100]), bytes.Model.Int32s("size", 1, 4)], bytes.Output<sbyte>([1, 1, 4, 1])));

        var floats = new OneOperator();
        Assert.Equal(expected.Select(value => (float)value), floats.Run<float>(
            "RESIZE_BILINEAR", options, [floats.Input<float>([1, 1, 2, 1], [0, 100]), floats.Model.Int32s("size", 1, 4)], floats.Output<float>([1, 1, 4, 1])));
    }
}
