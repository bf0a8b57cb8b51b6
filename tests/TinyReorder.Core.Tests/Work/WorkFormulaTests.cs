using TinyReorder.Operators;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Work;

namespace TinyReorder.Tests.Work;

/// <summary>The formulas on shapes that were computed by hand, and what shared/facts/streaming-time.md measured.</summary>
public class WorkFormulaTests
{
    private static readonly WorkModel Reference = SampleModels.Named("cortex-m4-reference");
    private static readonly WorkModel Dsp = SampleModels.Named("cortex-m4-cmsis-nn-dsp");

    [Theory]
    [InlineData(5, 5, 3, 1, Padding.Same, 1, 13, 13)] // 3 taps at each of 5 places, without one at either end
    [InlineData(5, 5, 3, 1, Padding.Valid, 1, 9, 9)]
    [InlineData(6, 5, 3, 2, Padding.Same, 1, 8, 7)] // no padding before row 0, one row behind; one column on either side
    [InlineData(5, 5, 1, 1, Padding.Same, 2, 5, 5)]
    [InlineData(5, 5, 3, 1, Padding.Same, 2, 11, 11)] // two of three at rows 0, 1, 3 and 4, all at 2
    public void Taps_outside_of_the_image_do_not_count(int height, int width, int kernel, int stride, Padding padding, int dilation, long rows, long columns)
    {
        TfliteModel model = SampleModels.Build([1, height, width, 2], (b, x) => b.Conv2D(x, 3, kernel, stride, padding, dilation: dilation));

        WindowShape window = WindowShape.Of(model.Subgraphs[0], model.Subgraphs[0].Operators[0])!;

        Assert.Equal((rows, columns), (window.RowTaps(), window.ColumnTaps()));
    }

    [Fact]
    public void A_reference_convolution_costs_its_outputs_taps_and_multiplications() => Within(0.02,
        600 + (16 * 4 * 95) + (4 * 100 * (42 + (6.0 * 8))) + (4 * 44 * 11), // 4 x 4 places: 10 rows of taps by 10 columns, 44 of 144 outside
        SampleModels.OfLast(Reference, SampleModels.Build([1, 4, 4, 8], (b, x) => b.Conv2D(x, 4, 3))), 2000);

    [Fact]
    public void A_reference_depthwise_convolution_costs_its_outputs_and_taps() => Within(0.02,
        16 * 16 * 8 * (141 + (29.8 * 9)),
        SampleModels.OfLast(Reference, SampleModels.Build([1, 18, 18, 8], (b, x) => b.DepthwiseConv2D(x, 3, padding: Padding.Valid))), 2000);

    [Fact]
    public void A_pointwise_convolution_of_CMSIS_NN_sums_its_weights_anew_each_call() => Within(0.02,
        950 + (3.4 * 16 * 32) + (64 * 32 * (41 + (1.42 * 16))),
        SampleModels.OfLast(Dsp, SampleModels.Build([1, 8, 8, 16], (b, x) => b.Conv2D(x, 32))), 1000);

    /// <summary>Instructions a multiplication, plain and with dilation 2: each within 10 % or 0.15.</summary>
    [Theory]
    [InlineData(8, 16, 6.80, 8.96)]
    [InlineData(16, 32, 4.05, 4.93)]
    [InlineData(32, 16, 2.77, 3.59)]
    [InlineData(16, 8, 4.01, 6.19)]
    [InlineData(64, 64, 2.11, 2.43)]
    [InlineData(128, 128, 1.74, 2.02)] // measured on this image; smaller ones are nearer to 1.95
    public void Dilation_of_a_pointwise_convolution_costs_what_was_measured(int channels, int filters, double plain, double dilated)
    {
        double macs = 24d * 24 * channels * filters;
        foreach ((int dilation, double measured) in new[] { (1, plain), (2, dilated) })
        {
            double predicted = SampleModels.OfLast(Dsp, SampleModels.Build([1, 24, 24, channels], (b, x) => b.Conv2D(x, filters, dilation: dilation))) / macs;
            Assert.True(Math.Abs(predicted - measured) <= Math.Max(0.15, 0.1 * measured), $"dilation {dilation}: {predicted:F2}, measured {measured:F2}");
        }
    }

    /// <summary>
    /// CMSIS-NN gathers a window's columns tap by tap, and one outside of the image costs nearly as much as one inside: the first layer of a public keyword
    /// spotter as it is, and two rows of it with its padding as data, as a loop has it. No rate was taken from that model.
    /// </summary>
    [Theory]
    [InlineData(49, 40, Padding.Same, 9_977_978)]
    [InlineData(9, 47, Padding.Valid, 410_190)]
    public void Padding_costs_as_much_as_was_measured_whether_it_is_outside_or_data(int height, int width, Padding padding, double measured) => Within(0.025,
        measured, SampleModels.OfLast(Dsp, SampleModels.Build([1, height, width, 1], (b, x) => b.Conv2D(x, 16, 8, padding: padding))), 0);

    [Theory]
    [InlineData(8, 8, 410_190)]
    [InlineData(16, 4, 422_350)]
    public void A_window_of_more_rows_costs_more_than_one_of_more_columns(int rows, int columns, double measured) => Within(0.025,
        measured, SampleModels.OfLast(Dsp, SampleModels.Build([1, rows + 1, columns + 39, 1],
            (b, x) => b.Conv2D(x, 16, (rows, columns), (1, 1), Padding.Valid))), 0);

    /// <summary>The 1x1 convolutions of MLPerf keyword spotting, plain and dilated; no rate was taken from that model.</summary>
    [Theory]
    [InlineData(1, 1_069_283)]
    [InlineData(2, 1_249_599)]
    public void A_dilation_costs_keyword_spotting_what_was_measured(int dilation, double measured) => Within(0.01,
        measured, SampleModels.OfLast(Dsp, SampleModels.Build([1, 25, 5, 64], (b, x) => b.Conv2D(x, 64, dilation: dilation))), 0);

    /// <summary>The product of matrices takes sixteen elements at a time, then four: what is left of a group costs more.</summary>
    [Fact]
    public void Elements_behind_the_last_sixteen_cost_more_a_multiplication()
    {
        double Each(int channels) => SampleModels.OfLast(Dsp, SampleModels.Build([1, 32, 32, channels], (b, x) => b.Conv2D(x, 16))) / (32d * 32 * 16);

        double ofSixteen = (Each(48) - Each(32)) / 16, ofFour = (Each(28) - Each(16)) / 12;

        Within(0.02, 1.396, ofSixteen, 0.01);
        Within(0.02, 1.396 + 0.3513, ofFour, 0.01);
    }

    [Fact]
    public void A_reshape_in_place_copies_nothing()
    {
        TfliteModel model = SampleModels.Build([1, 32, 32, 4], (b, x) => b.Reshape(x, 1, 4096));

        double apart = SampleModels.OfLast(Reference, model, (_, tensor) => tensor * 4096), together = SampleModels.OfLast(Reference, model, (_, _) => 0);

        Within(0.05, 180, together, 30);
        Within(0.05, 0.53 * 4096, apart - together, 0);
        Assert.Equal(apart, SampleModels.OfLast(Reference, model), 9);
    }

    [Fact]
    public void A_list_of_rows_costs_each_row_and_each_byte() => Within(0.05,
        265 + (23 * 3) + (0.53 * 3 * 40),
        SampleModels.OfLast(Reference, SampleModels.Build([8, 40], (b, x) =>
            b.Operator("GATHER", [x, b.Int32s("rows", 0, 1, 2)], [3, 40]))), 30);

    [Fact]
    public void An_update_costs_each_innermost_run_and_its_operand_where_that_is_not_in_place()
    {
        TfliteModel model = SampleModels.Build([1, 8, 40], (b, x) =>
            b.Operator("DYNAMIC_UPDATE_SLICE", [x, b.Relu(b.StridedSlice(x, [0, 0, 0], [1, 2, 40])), b.Int32s("start", 0, 0, 0)], [1, 8, 40]));

        double apart = SampleModels.OfLast(Reference, model), together = SampleModels.OfLast(Reference, model, (_, _) => 0);

        Within(0.05, 700 + (57 * 2) + (0.53 * 80), together, 40);
        Within(0.05, 0.53 * 320, apart - together, 0);
    }

    /// <summary>Rates a byte, an element or a tap that shared/facts/streaming-time.md has for kinds of one or two quantities.</summary>
    [Theory]
    [InlineData("ADD", 91, 81)]
    [InlineData("SLICE", 4.5, 4.5)]
    public void An_element_costs_what_was_measured(string kind, double reference, double dsp)
    {
        foreach ((WorkModel work, double rate) in new[] { (Reference, reference), (Dsp, dsp) })
        {
            double small = Of(work, 8), large = Of(work, 40);
            Within(0.1, rate, (large - small) / (32 * 16 * 16), 0);
        }

        double Of(WorkModel work, int rows) => SampleModels.OfLast(work, SampleModels.Build([1, rows, 16, 16], (b, x) => kind == "ADD"
            ? b.Add(x, b.Relu(x))
            : b.Operator("SLICE", [x, b.Int32s("begin", 0, 0, 0, 0), b.Int32s("size", 1, rows, 16, 16)], [1, rows, 16, 16])));
    }

    [Theory]
    [InlineData("pool")]
    [InlineData("mean")]
    [InlineData("mean that drops dimensions")]
    [InlineData("wide")]
    public void Every_model_knows_what_networks_are_made_of(string what)
    {
        TfliteModel model = SampleModels.Build([1, 8, 8, 12], (b, x) => what switch
        {
            "pool" => b.Softmax(b.FullyConnected(b.Reshape(b.MaxPool(b.AveragePool(x, 3, 1), 2, 2), 1, 192), 7)),
            "mean" => b.Logistic(b.Mean(b.ResizeNearestNeighbor(x, 16, 16), true, 1, 2)),
            "mean that drops dimensions" => b.Tanh(b.Mean(b.ResizeBilinear(x, 16, 16), false, 1, 2)),
            _ => b.Concat(3, b.TransposeConv(x, 20, 3), b.Pad(b.DepthwiseConv2D(b.TransposeConv(x, 4, 3), 5, multiplier: 2), (0, 0), (0, 0), (0, 0), (0, 4))),
        });

        Assert.All(WorkModel.BuiltIn, work => Assert.All(work.Estimate(model, null, SampleModels.NoTurns).Operators,
            op => Assert.True(op.IsKnown, $"{work.Id}: {op.Kind}")));
    }

    /// <summary>Within a share of what is expected, or a number of instructions.</summary>
    private static void Within(double share, double expected, double predicted, double instructions) =>
        Assert.True(Math.Abs(predicted - expected) <= Math.Max(share * expected, instructions), $"{predicted:F2}, expected {expected:F2}");
}
