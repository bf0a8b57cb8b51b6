using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Evaluation;

/// <summary>Operators that move elements, on a few of them.</summary>
public class MovingKernelTests
{
    private static readonly sbyte[] OneToSix = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Padding_is_the_zero_point_or_a_given_value()
    {
        var pad = new OneOperator();
        ModelTensor amounts = pad.Constant<int>([2, 2], [1, 0, 0, 1]), x = pad.Input<sbyte>([1, 2], [1, 2], new Quantization(1, -3));
        Assert.Equal<sbyte>([-3, -3, -3, 1, 2, -3], pad.Run<sbyte>("PAD", new(), [x, amounts], pad.Output<sbyte>([2, 3], new Quantization(1, -3))));

        var given = new OneOperator();
        Assert.Equal([7f, 1, 2], given.Run<float>(
            "PADV2", new(), [given.Input<float>([2], [1, 2]), given.Constant<int>([1, 2], [1, 0]), given.Constant<float>([1], [7])], given.Output<float>([3])));
    }

    [Theory]
    [InlineData("RESHAPE", new[] { 3, 2 })]
    [InlineData("SQUEEZE", new[] { 6 })]
    [InlineData("EXPAND_DIMS", new[] { 1, 2, 3 })]
    public void Other_shapes_have_the_same_elements(string kind, int[] shape)
    {
        var one = new OneOperator();

        Assert.Equal(OneToSix, one.Run<sbyte>(kind, new(), [one.Input([1, 6], OneToSix)], one.Output<sbyte>(shape)));
    }

    [Theory]
    [InlineData(0, new sbyte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(-1, new sbyte[] { 1, 2, 5, 6, 3, 4, 7, 8 })]
    public void Concatenation_joins_along_an_axis(int axis, sbyte[] expected)
    {
        var one = new OneOperator();
        ModelTensor a = one.Input<sbyte>([2, 2], [1, 2, 3, 4]), b = one.Input<sbyte>([2, 2], [5, 6, 7, 8]);

        Assert.Equal(expected, one.Run<sbyte>("CONCATENATION", new FlatTableNode().Int32(0, axis), [a, b], one.Output<sbyte>(axis == 0 ? [4, 2] : [2, 4])));
    }

    [Fact]
    public void Splits_along_an_axis()
    {
        var even = new OneOperator();
        ModelTensor x = even.Input([2, 3], OneToSix), axis = even.Constant<int>([], [1]);
        byte[][] parts = even.RunAll(
            "SPLIT", new FlatTableNode().Int32(0, 3), [axis, x], [even.Output<sbyte>([2, 1]), even.Output<sbyte>([2, 1]), even.Output<sbyte>([2, 1])]);
        Assert.Equal([[1, 4], [2, 5], [3, 6]], parts);

        var uneven = new OneOperator();
        ModelTensor y = uneven.Input([2, 3], OneToSix), sizes = uneven.Constant<int>([2], [1, 2]), last = uneven.Constant<int>([], [-1]);
        Assert.Equal([[1, 4], [2, 3, 5, 6]], uneven.RunAll("SPLIT_V", new(), [y, sizes, last], [uneven.Output<sbyte>([2, 1]), uneven.Output<sbyte>([2, 2])]));
    }

    [Fact]
    public void Packs_and_unpacks()
    {
        FlatTableNode axis = new FlatTableNode().Int32(0, 2).Int32(1, 1);
        var pack = new OneOperator();
        Assert.Equal([1, 3, 2, 4], pack.Run<int>("PACK", axis, [pack.Input<int>([2], [1, 2]), pack.Input<int>([2], [3, 4])], pack.Output<int>([2, 2])));

        var unpack = new OneOperator();
        byte[][] parts = unpack.RunAll("UNPACK", axis, [unpack.Input<sbyte>([2, 2], [1, 3, 2, 4])], [unpack.Output<sbyte>([2]), unpack.Output<sbyte>([2])]);
        Assert.Equal([[1, 2], [3, 4]], parts);
    }

    [Theory]
    [InlineData(0, new sbyte[] { 4, 5, 6, 1, 2, 3, 4, 5, 6 })]
    [InlineData(1, new sbyte[] { 2, 1, 2, 5, 4, 5 })]
    public void Gather_takes_positions_along_an_axis(int axis, sbyte[] expected)
    {
        var one = new OneOperator();
        ModelTensor x = one.Input([2, 3], OneToSix), positions = one.Input<int>([3], [1, 0, 1]);

        Assert.Equal(expected, one.Run<sbyte>("GATHER", new FlatTableNode().Int32(0, axis), [x, positions], one.Output<sbyte>(axis == 0 ? [3, 3] : [2, 3])));
    }

    [Fact]
    public void Gather_refuses_positions_outside()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input([2, 3], OneToSix), positions = one.Input<int>([1], [2]);

        Assert.Throws<InvalidOperationException>(() => one.Run<sbyte>("GATHER", new(), [x, positions], one.Output<sbyte>([1, 3])));
    }

    [Fact]
    public void Transposes()
    {
        var one = new OneOperator();

        Assert.Equal<sbyte>([1, 4, 2, 5, 3, 6], one.Run<sbyte>(
            "TRANSPOSE", new(), [one.Input([2, 3], OneToSix), one.Constant<int>([2], [1, 0])], one.Output<sbyte>([3, 2])));
    }

    [Fact]
    public void A_slice_may_begin_where_an_input_says()
    {
        var one = new OneOperator();
        ModelTensor x = one.Input([2, 3], OneToSix), begin = one.Input<long>([2], [0, 1]), size = one.Input<long>([2], [-1, 2]);

        Assert.Equal<sbyte>([2, 3, 5, 6], one.Run<sbyte>("SLICE", new(), [x, begin, size], one.Output<sbyte>([2, 2])));
    }

    [Theory]
    [InlineData(new[] { 0, 0 }, new[] { 2, 3 }, new[] { 1, 2 }, 0, 0, 0, new sbyte[] { 1, 3, 4, 6 })]
    [InlineData(new[] { 1, -2 }, new[] { 9, 9 }, new[] { 1, 1 }, 0, 0, 0, new sbyte[] { 5, 6 })]
    [InlineData(new[] { 1, 1 }, new[] { 1, 1 }, new[] { 1, 1 }, 1, 3, 0, new sbyte[] { 2, 3, 5, 6 })]
    [InlineData(new[] { 1, 2 }, new[] { 0, 0 }, new[] { -1, -1 }, 0, 3, 0, new sbyte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(new[] { 1, 0 }, new[] { 0, 3 }, new[] { 1, 1 }, 0, 0, 1, new sbyte[] { 4, 5, 6 })]
    public void A_slice_goes_in_steps(int[] begin, int[] end, int[] steps, int beginMask, int endMask, int shrinkMask, sbyte[] expected)
    {
        var one = new OneOperator();
        FlatTableNode options = new FlatTableNode().Int32(0, beginMask).Int32(1, endMask).Int32(4, shrinkMask);
        ModelTensor[] inputs = [one.Input([2, 3], OneToSix), one.Constant([2], begin), one.Constant([2], end), one.Constant([2], steps)];

        Assert.Equal(expected, one.Run<sbyte>("STRIDED_SLICE", options, inputs, one.Output<sbyte>([expected.Length])));
    }

    [Theory]
    [InlineData(1, 0, new sbyte[] { 1, 2, 3, 8, 9, 6 })]
    [InlineData(5, -4, new sbyte[] { 1, 2, 3, 8, 9, 6 })]
    [InlineData(0, 2, new sbyte[] { 1, 8, 9, 4, 5, 6 })]
    public void An_update_stays_inside(int row, int column, sbyte[] expected)
    {
        var one = new OneOperator();
        ModelTensor x = one.Input([2, 3], OneToSix), update = one.Input<sbyte>([1, 2], [8, 9]), start = one.Input<int>([2], [row, column]);

        Assert.Equal(expected, one.Run<sbyte>("DYNAMIC_UPDATE_SLICE", new(), [x, update, start], one.Output<sbyte>([2, 3])));
    }
}
