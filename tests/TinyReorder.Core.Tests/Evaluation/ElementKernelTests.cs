using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Evaluation;

/// <summary>Operators that work element by element on a few values each, computed by hand.</summary>
public class ElementKernelTests
{
    /// <summary>The real inputs are 4 and 2; the output counts halves from 1 on.</summary>
    [Theory]
    [InlineData("ADD", 13)]
    [InlineData("SUB", 5)]
    [InlineData("MUL", 17)]
    public void Quantized_inputs_are_brought_to_a_common_scale(string kind, sbyte expected)
    {
        var one = new OneOperator();
        ModelTensor a = one.Input<sbyte>([1, 2], [10, 10], new Quantization(0.5f, 2)), b = one.Constant<sbyte>([1], [6], new Quantization(0.25f, -2));

        Assert.Equal<sbyte>([expected, expected], one.Run<sbyte>(kind, new(), [a, b], one.Output<sbyte>([1, 2], new Quantization(0.5f, 1))));
    }

    [Theory]
    [InlineData("ADD", 1300, -300)]
    [InlineData("SUB", 700, -900)]
    [InlineData("MUL", 3000, -1800)]
    public void Shorts_need_no_zero_point(string kind, short first, short second)
    {
        var one = new OneOperator();
        ModelTensor a = one.Input<short>([2], [1000, -600], new Quantization(0.01f, 0)), b = one.Input<short>([2], [300, 300], new Quantization(0.01f, 0));

        Assert.Equal<short>([first, second], one.Run<short>(kind, new(), [a, b], one.Output<short>([2], new Quantization(0.01f, 0))));
    }

    [Theory]
    [InlineData("ADD", 0, 12)]
    [InlineData("SUB", 0, 8)]
    [InlineData("MUL", 0, 20)]
    public void Whole_numbers_are_cut_by_an_activation(string kind, int first, int second)
    {
        var one = new OneOperator();
        ModelTensor a = one.Input<int>([2], [-5, 10]), b = one.Input<int>([1], [2]);

        Assert.Equal([first, second], one.Run<int>(kind, new FlatTableNode().Byte(0, (int)Fused.Relu), [a, b], one.Output<int>([2])));
    }

    [Theory]
    [InlineData("ADD", new[] { 11f, 22, 13, 24 })]
    [InlineData("SUB", new[] { -9f, -18, -7, -16 })]
    [InlineData("MUL", new[] { 10f, 40, 30, 80 })]
    [InlineData("MAXIMUM", new[] { 10f, 20, 10, 20 })]
    [InlineData("MINIMUM", new[] { 1f, 2, 3, 4 })]
    public void A_row_is_repeated_for_each_row(string kind, float[] expected)
    {
        var one = new OneOperator();
        ModelTensor a = one.Input<float>([2, 2], [1, 2, 3, 4]), b = one.Input<float>([2], [10, 20]);

        Assert.Equal(expected, one.Run<float>(kind, new(), [a, b], one.Output<float>([2, 2])));
    }

    [Fact]
    public void A_column_is_repeated_along_each_row()
    {
        var one = new OneOperator();
        ModelTensor a = one.Input<int>([2, 1], [1, 2]), b = one.Input<int>([2, 2], [10, 20, 30, 40]);

        Assert.Equal([11, 21, 32, 42], one.Run<int>("ADD", new(), [a, b], one.Output<int>([2, 2])));
    }

    [Fact]
    public void The_larger_and_the_lesser_of_integers()
    {
        var larger = new OneOperator();
        Assert.Equal<sbyte>([3, 5], larger.Run<sbyte>(
            "MAXIMUM", new(), [larger.Input<sbyte>([2], [3, -5]), larger.Input<sbyte>([2], [-3, 5])], larger.Output<sbyte>([2])));

        var lesser = new OneOperator();
        Assert.Equal<long>([-3, -5], lesser.Run<long>(
            "MINIMUM", new(), [lesser.Input<long>([2], [3, -5]), lesser.Input<long>([2], [-3, 5])], lesser.Output<long>([2])));
    }

    [Theory]
    [InlineData("LESS", true, false, false)]
    [InlineData("LESS_EQUAL", true, true, false)]
    [InlineData("EQUAL", false, true, false)]
    [InlineData("NOT_EQUAL", true, false, true)]
    [InlineData("GREATER_EQUAL", false, true, true)]
    [InlineData("GREATER", false, false, true)]
    public void Comparisons(string kind, bool ofLess, bool ofEqual, bool ofGreater)
    {
        var one = new OneOperator();

        Assert.Equal(
            [ofLess, ofEqual, ofGreater], one.Run<bool>(kind, new(), [one.Input<float>([3], [1, 2, 3]), one.Constant<float>([1], [2])], one.Output<bool>([3])));
    }

    [Fact]
    public void Less_compares_what_quantized_numbers_stand_for()
    {
        var whole = new OneOperator();
        Assert.Equal([true, false], whole.Run<bool>("LESS", new(), [whole.Input<int>([2], [3, 4]), whole.Constant<int>([1], [4])], whole.Output<bool>([2])));

        var quantized = new OneOperator();
        ModelTensor halves = quantized.Input<sbyte>([2], [3, 5], new Quantization(0.5f, 0));
        ModelTensor quarters = quantized.Input<sbyte>([2], [8, 8], new Quantization(0.25f, 0));
        Assert.Equal([true, false], quantized.Run<bool>("LESS", new(), [halves, quarters], quantized.Output<bool>([2])));
    }

    [Fact]
    public void Select_takes_rows_by_a_mask()
    {
        var one = new OneOperator();
        ModelTensor mask = one.Input<bool>([2, 1], [true, false]), x = one.Input<sbyte>([2, 2], [1, 2, 3, 4]), y = one.Constant<sbyte>([1], [9]);

        Assert.Equal<sbyte>([1, 2, 9, 9], one.Run<sbyte>("SELECT_V2", new(), [mask, x, y], one.Output<sbyte>([2, 2])));
    }

    [Fact]
    public void Rectifiers_of_integers()
    {
        var relu = new OneOperator();
        ModelTensor x = relu.Input<sbyte>([2], [-3, 4], new Quantization(0.5f, 0));
        Assert.Equal<sbyte>([-10, -2], relu.Run<sbyte>("RELU", new(), [x], relu.Output<sbyte>([2], new Quantization(0.25f, -10))));

        var relu6 = new OneOperator();
        Quantization halves = new(0.5f, -1);
        Assert.Equal<sbyte>([-1, 5, 11], relu6.Run<sbyte>("RELU6", new(), [relu6.Input<sbyte>([3], [-9, 5, 90], halves)], relu6.Output<sbyte>([3], halves)));

        var leaky = new OneOperator();
        Assert.Equal<short>([-2, 3], leaky.Run<short>(
            "LEAKY_RELU", new FlatTableNode().Single(0, 0.25f), [leaky.Input<short>([2], [-8, 3])], leaky.Output<short>([2])));
    }

    [Theory]
    [InlineData("RELU", new[] { 0f, 1, 8 })]
    [InlineData("RELU6", new[] { 0f, 1, 6 })]
    [InlineData("LEAKY_RELU", new[] { -1f, 1, 8 })]
    [InlineData("HARD_SWISH", new[] { 0f, 4f / 6, 8 })]
    public void Rectifiers_of_floats(string kind, float[] expected)
    {
        var one = new OneOperator();

        Assert.Equal(expected, one.Run<float>(kind, new FlatTableNode().Single(0, 0.25f), [one.Input<float>([3], [-4, 1, 8])], one.Output<float>([3])));
    }

    /// <summary>At -4, 1, 3 and 8: 0, 5.33, 24 and 64 eighths.</summary>
    [Fact]
    public void Hard_swish_of_integers()
    {
        var one = new OneOperator();
        Quantization eighths = new(0.125f, 0);

        Assert.Equal<sbyte>([0, 5, 24, 64], one.Run<sbyte>(
            "HARD_SWISH", new(), [one.Input<sbyte>([4], [-32, 8, 24, 64], eighths)], one.Output<sbyte>([4], eighths)));
    }

    /// <summary>At -2, 0, 2: 30.5, 128 and 225.5 of 256; the hyperbolic tangent at 1 is 97.5 of 128.</summary>
    [Fact]
    public void Sigmoids_of_integers()
    {
        var logistic = new OneOperator();
        ModelTensor x = logistic.Input<sbyte>([3], [-32, 0, 32], new Quantization(1f / 16, 0));
        Assert.Equal<sbyte>([-97, 0, 97], logistic.Run<sbyte>("LOGISTIC", new(), [x], logistic.Output<sbyte>([3], Quantization.Probability)));

        var tanh = new OneOperator();
        ModelTensor y = tanh.Input<sbyte>([3], [-16, 0, 16], new Quantization(1f / 16, 0));
        Assert.Equal<sbyte>([-97, 0, 97], tanh.Run<sbyte>("TANH", new(), [y], tanh.Output<sbyte>([3], new Quantization(1f / 128, 0))));
    }

    /// <summary>32768 times the function; the table is good to one unit.</summary>
    [Theory]
    [InlineData("LOGISTIC", 16384, 23955, 28861)]
    [InlineData("TANH", 0, 24956, 31589)]
    public void Sigmoids_of_shorts(string kind, int atZero, int atOne, int atTwo)
    {
        foreach (float scale in new[] { 1f / 4096, 1f / 1000 })
        {
            var one = new OneOperator();
            short unit = (short)MathF.Round(1 / scale);
            short[] results = one.Run<short>(
                kind,
                new(),
                [one.Input<short>([3], [0, unit, (short)(2 * unit)], new Quantization(scale, 0))],
                one.Output<short>([3], new Quantization(1f / 32768, 0)));
            Assert.All(results.Zip([atZero, atOne, atTwo]), pair => Assert.InRange(pair.First, pair.Second - 2, pair.Second + 2));
        }
    }

    [Fact]
    public void Sigmoids_of_floats()
    {
        var logistic = new OneOperator();
        Assert.Equal([0.5f, 1], logistic.Run<float>("LOGISTIC", new(), [logistic.Input<float>([2], [0, 20])], logistic.Output<float>([2])));

        var tanh = new OneOperator();
        Assert.Equal([0, MathF.Tanh(1)], tanh.Run<float>("TANH", new(), [tanh.Input<float>([2], [0, 1])], tanh.Output<float>([2])));
    }

    [Fact]
    public void Conversions_round_and_cut()
    {
        var quantize = new OneOperator();
        Assert.Equal<sbyte>([3, 0, 127], quantize.Run<sbyte>(
            "QUANTIZE", new(), [quantize.Input<float>([3], [1, -0.26f, 100])], quantize.Output<sbyte>([3], new Quantization(0.5f, 1))));

        var again = new OneOperator();
        ModelTensor x = again.Input<short>([2], [5, 300], new Quantization(0.5f, 0));
        Assert.Equal<sbyte>([0, 127], again.Run<sbyte>("QUANTIZE", new(), [x], again.Output<sbyte>([2], new Quantization(0.25f, -10))));

        var unsigned = new OneOperator();
        ModelTensor y = unsigned.Input<byte>([2], [128, 0], new Quantization(0.5f, 128));
        Assert.Equal<sbyte>([0, -128], unsigned.Run<sbyte>("QUANTIZE", new(), [y], unsigned.Output<sbyte>([2], new Quantization(0.5f, 0))));

        var dequantize = new OneOperator();
        ModelTensor z = dequantize.Input<sbyte>([2], [4, -2], new Quantization(0.5f, 2));
        Assert.Equal([1f, -2], dequantize.Run<float>("DEQUANTIZE", new(), [z], dequantize.Output<float>([2])));
    }

    [Fact]
    public void Casts_cut_off_what_is_behind_the_point()
    {
        var toWhole = new OneOperator();
        Assert.Equal([-1, 2], toWhole.Run<int>("CAST", new(), [toWhole.Input<float>([2], [-1.7f, 2.9f])], toWhole.Output<int>([2])));

        var toFloat = new OneOperator();
        Assert.Equal([1f, 0], toFloat.Run<float>("CAST", new(), [toFloat.Input<bool>([2], [true, false])], toFloat.Output<float>([2])));
    }
}
