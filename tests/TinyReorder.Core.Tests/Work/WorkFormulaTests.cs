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

    /// <summary>Within a share of what is expected, or a number of instructions.</summary>
    private static void Within(double share, double expected, double predicted, double instructions) =>
        Assert.True(Math.Abs(predicted - expected) <= Math.Max(share * expected, instructions), $"{predicted:F0}, expected {expected:F0}");
}
