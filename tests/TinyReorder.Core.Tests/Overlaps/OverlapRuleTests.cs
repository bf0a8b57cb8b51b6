using TinyReorder.Graphs;
using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Overlaps;

/// <summary>What the built-in profiles allow and refuse, kind by kind.</summary>
public class OverlapRuleTests
{
    private const int Far = 1_000_000;

    public static TheoryData<string> Kernels => new(RuntimeProfile.BuiltIn.Select(profile => profile.KernelLibrary).Distinct());

    [Fact]
    public void Shares_of_a_keyword_networks_layers_have_the_distances_that_ran()
    {
        // MLPerf Tiny's keyword spotting: these distances, rounded up to 16, ran with the same answers on the interpreter (docs/overlap.md).
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 49, 10, 1]);
        ModelTensor first = b.Conv2D(x, 64, (10, 4), (2, 2)), depthwise = b.DepthwiseConv2D(first, 3), pointwise = b.Conv2D(depthwise, 64);
        b.Output(b.AveragePool(pointwise, 5, 5, Padding.Valid));
        TfliteSubgraph subgraph = Load(b);

        Assert.Equal([7_552L, 384, 63, 0],
            subgraph.Operators.Select(operation => Single("reference", subgraph, operation, OverlapChoice.Diagonal).DistanceBytes));
        Assert.Equal(7_489, Single("cmsis-nn-dsp", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal).DistanceBytes);
        Assert.Equal(384, Single("cmsis-nn-dsp", subgraph, subgraph.Operators[1], OverlapChoice.Diagonal).DistanceBytes);
        Assert.Empty(Shares("cmsis-nn-dsp", subgraph, subgraph.Operators[2], OverlapChoice.Diagonal));
        // Row by row: (r + 1) * 320 - (r - 1) * 320.
        Assert.Equal(640, Single("cmsis-nn-mve", subgraph, subgraph.Operators[1], OverlapChoice.Diagonal).DistanceBytes);
    }

    [Theory]
    [InlineData("cmsis-nn-c")]
    [InlineData("cmsis-nn-dsp")]
    public void A_product_of_matrices_writes_over_what_it_still_reads(string kernels)
    {
        var b = new ModelBuilder();
        b.Output(b.Conv2D(b.Input("x", [1, 25, 5, 64]), 64));
        TfliteSubgraph subgraph = Load(b);
        TensorShare reference = Single("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal);

        Assert.Null(OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[0], reference.Input, reference.Output,
            Far + 64, Far));
        foreach (int distance in new[] { 64, 320, 4_000, 7_984 })
            Assert.NotNull(OverlapSimulator.FirstConflict(RuntimeProfile.Find(kernels), subgraph, subgraph.Operators[0], reference.Input, reference.Output,
                Far + distance, Far));
        Assert.Null(OverlapSimulator.FirstConflict(RuntimeProfile.Find(kernels), subgraph, subgraph.Operators[0], reference.Input, reference.Output,
            Far + 8_000, Far));
    }

    [Fact]
    public void A_strided_product_is_safe_row_by_row_only()
    {
        var b = new ModelBuilder();
        b.Output(b.Conv2D(b.Input("x", [1, 8, 8, 16]), 16, stride: 2));
        TfliteSubgraph subgraph = Load(b);

        TensorShare share = Single("cmsis-nn-dsp", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal);

        // One row of the output, 4 * 16.
        Assert.Equal(64, share.DistanceBytes);
        Assert.NotNull(Conflict("cmsis-nn-dsp", subgraph, share, 48));
        Assert.Equal(15, Single("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal).DistanceBytes);
    }

    [Theory]
    [InlineData(124, true)]
    [InlineData(125, false)]
    public void Blocks_of_channels_are_refused(int channels, bool isAllowed)
    {
        var b = new ModelBuilder();
        b.Output(b.DepthwiseConv2D(b.Input("x", [1, 6, 6, channels]), 3));
        TfliteSubgraph subgraph = Load(b);

        Assert.Equal(isAllowed, Shares("cmsis-nn-mve", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal).Count == 1);
        TensorShare dsp = Single("cmsis-nn-dsp", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal);
        Assert.Equal(isAllowed, Conflict("cmsis-nn-mve", subgraph, dsp, (12 * channels) + 16) is null);
    }

    [Fact]
    public void Groups_are_refused_where_they_run_one_after_the_other()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 6, 6, 8]),
            filter = b.Constant("filter", [8, 3, 3, 4], TensorType.Int8, new byte[288], Quantization.PerChannel(Enumerable.Repeat(0.1f, 8).ToArray()));
        b.Output(b.Operator("CONV_2D", [x, filter], [1, 6, 6, 8], new OptionsTable(1, new FlatTableNode().Int32(1, 1).Int32(2, 1)), version: 3));
        TfliteSubgraph subgraph = Load(b);

        TensorShare reference = Single("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal);
        Assert.Empty(Shares("cmsis-nn-c", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal));
        Assert.Null(Conflict("reference", subgraph, reference, reference.DistanceBytes));
        Assert.NotNull(Conflict("cmsis-nn-c", subgraph, reference, reference.DistanceBytes));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Nothing_is_shared_when_nothing_shall(string kernels)
    {
        TfliteSubgraph subgraph = Load(SampleOperators.Create("RELU", new Pcg32(1)));

        Assert.Empty(Shares(kernels, subgraph, subgraph.Operators[0], OverlapChoice.None));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void In_place_gives_exact_pairs_only(string kernels)
    {
        var random = new Pcg32(3);
        foreach (string kind in SampleOperators.Elementwise.Concat(SampleOperators.Copies).Concat(SampleOperators.Windows).Concat(SampleOperators.Images))
        {
            for (int i = 0; i < 20; i++)
            {
                TfliteSubgraph subgraph = Load(SampleOperators.Create(kind, random));
                IReadOnlyList<TensorShare> shares = Shares(kernels, subgraph, subgraph.Operators[0], OverlapChoice.InPlace);
                Assert.All(shares, share => Assert.True(share.IsExact));
                Assert.True(shares.Count == 0 || SampleOperators.Elementwise.Contains(kind) || SampleOperators.Copies.Contains(kind));
            }
        }
    }

    [Theory]
    [InlineData("esp-nn-s3")]
    [InlineData("esp-nn-p4")]
    public void Assembly_kernels_have_nothing_to_show(string kernels)
    {
        RuntimeProfile profile = RuntimeProfile.Find(kernels);
        var random = new Pcg32(5);
        foreach (string kind in (string[])["CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D", "ADD", "MUL", "SOFTMAX"])
        {
            TfliteSubgraph subgraph = Load(SampleOperators.Create(kind, random));
            TfliteOperator operation = subgraph.Operators[0];
            Assert.Empty(OverlapRules.SharesOf(profile, subgraph, operation, OverlapChoice.Diagonal));
            string? conflict = OverlapSimulator.FirstConflict(profile, subgraph, operation, operation.Inputs[0], operation.Outputs[0], Far, Far);
            Assert.Contains("nothing to show", conflict, StringComparison.Ordinal);
        }
        Assert.Equal(OverlapChoice.None, profile.DefaultOverlap);
    }

    [Fact]
    public void Defaults_follow_the_evidence() =>
        Assert.Equal(
            ["cmsis-nn-c", "cmsis-nn-dsp", "cmsis-nn-mve", "esp-nn", "reference"],
            RuntimeProfile.BuiltIn.Where(profile => profile is { IsDefault: true, DefaultOverlap: OverlapChoice.InPlace })
                .Select(profile => profile.KernelLibrary)
                .OrderBy(name => name, StringComparer.Ordinal));

    [Fact]
    public void Each_input_of_a_binary_operator_may_be_taken_but_none_that_is_broadcast()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4, 4, 8]), y = b.Input("y", [1, 4, 4, 8]), channel = b.Input("channel", [1, 1, 1, 8]);
        ModelTensor sum = b.Add(x, y), scaled = b.Mul(channel, sum), doubled = b.Add(scaled, scaled);
        b.Output(doubled);
        TfliteSubgraph subgraph = Load(b);

        Assert.Equal([(x.Index, sum.Index), (y.Index, sum.Index)], Pairs(subgraph, 0));
        Assert.Equal([(sum.Index, scaled.Index)], Pairs(subgraph, 1));
        Assert.Equal([(scaled.Index, doubled.Index)], Pairs(subgraph, 2));
        Assert.NotNull(OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[1], channel.Index, scaled.Index, Far,
            Far));
    }

    [Fact]
    public void Constants_variables_and_empty_tensors_share_nothing()
    {
        var b = new ModelBuilder();
        ModelTensor constant = b.Constant("constant", [1, 8], TensorType.Int8, new byte[8], Quantization.Activation), empty = b.Input("empty", [1, 0]);
        b.Output(b.Relu(constant), b.Relu(b.Variable("variable", [1, 8])), b.Relu(empty));
        TfliteSubgraph subgraph = Load(b);

        Assert.All(subgraph.Operators, operation => Assert.Empty(Shares("reference", subgraph, operation, OverlapChoice.Diagonal)));
    }

    [Fact]
    public void Slices_lie_along_the_outermost_dimension_that_is_not_one()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 2, 3, 16]), y = b.Input("y", [1, 4, 3, 16]), z = b.Input("z", [1, 2, 5, 16]);
        ModelTensor joined = b.Concat(1, x, y), inner = b.Concat(2, x, z), twice = b.Concat(1, joined, joined);
        ModelTensor[] parts = b.Split(twice, 1, 3);
        b.Output([inner, .. parts]);
        TfliteSubgraph subgraph = Load(b);

        Assert.Equal([new TensorShare(x.Index, joined.Index, 0, true), new TensorShare(y.Index, joined.Index, 96, true)],
            Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.InPlace));
        // Two rounds of 48 and 80 bytes: the last piece is copied from right behind its place.
        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[1], OverlapChoice.InPlace));
        Assert.Equal([new TensorShare(x.Index, inner.Index, 80 + 48, false), new TensorShare(z.Index, inner.Index, 48 + 48 + 80, false)],
            Shares("reference", subgraph, subgraph.Operators[1], OverlapChoice.Diagonal));
        Assert.Null(OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[1], z.Index, inner.Index, Far + 176, Far));
        Assert.NotNull(OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[1], z.Index, inner.Index, Far + 175,
            Far));
        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[2], OverlapChoice.Diagonal));
        Assert.Equal(
            parts.Select((part, i) => new TensorShare(twice.Index, part.Index, -192 * i, true)),
                Shares("reference", subgraph, subgraph.Operators[3], OverlapChoice.InPlace));
        Assert.All(parts.Select((part, i) => (part, i)), pair =>
        {
            Assert.Null(OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[3], twice.Index, pair.part.Index, Far,
                Far + (192 * pair.i)));
            Assert.NotNull(OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[3], twice.Index, pair.part.Index, Far,
                Far + (192 * pair.i) + 16));
        });
    }

    [Fact]
    public void Pieces_that_are_parted_in_rounds_lie_on_the_start_of_what_they_come_from_or_below()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 2, 3, 16]);
        ModelTensor[] parts = b.Split(x, 3, 2);
        b.Output(parts);
        TfliteSubgraph subgraph = Load(b);
        RuntimeProfile profile = RuntimeProfile.Find("reference");

        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.InPlace));
        Assert.Equal(parts.Select(part => new TensorShare(x.Index, part.Index, 0, false)),
            Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal));
        Assert.Null(OverlapSimulator.FirstConflict(profile, subgraph, subgraph.Operators[0], x.Index, parts[0].Index, Far, Far));
        Assert.NotNull(OverlapSimulator.FirstConflict(profile, subgraph, subgraph.Operators[0], x.Index, parts[0].Index, Far - 16, Far));
    }

    [Fact]
    public void A_slice_that_runs_backwards_is_refused()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [8, 4]), strides = b.Int32s("strides", -1, 1);
        b.Output(b.Operator("STRIDED_SLICE", [x, b.Int32s("begin", 7, 0), b.Int32s("end", -9, 4), strides], [8, 4], new OptionsTable(32, new FlatTableNode()),
            version: 2), b.StridedSlice(x, [2, 0], [6, 4]));
        TfliteSubgraph subgraph = Load(b);

        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal));
        Assert.Single(Shares("reference", subgraph, subgraph.Operators[1], OverlapChoice.Diagonal));
    }

    /// <summary>The kernel copies each run of a STRIDED_SLICE in one piece: columns 1 to 6 of 8 would lie on a part of themselves, whole rows do not.</summary>
    [Fact]
    public void Runs_of_a_slice_do_not_meet_themselves()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [8, 8]), columns = b.StridedSlice(x, [0, 1], [8, 7]), rows = b.StridedSlice(x, [2, 0], [8, 8]),
            all = b.StridedSlice(x, [0, 0], [8, 8]);
        b.Output(columns, rows, all);
        TfliteSubgraph subgraph = Load(b);
        RuntimeProfile profile = RuntimeProfile.Find("reference");
        bool IsSafe(int op, ModelTensor slice, int above) =>
            OverlapSimulator.FirstConflict(profile, subgraph, subgraph.Operators[op], x.Index, slice.Index, Far + above, Far) is null;

        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.InPlace));
        Assert.Equal([new TensorShare(x.Index, columns.Index, 5, false)], Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal));
        Assert.Equal([false, false, true, true], [IsSafe(0, columns, 0), IsSafe(0, columns, 4), IsSafe(0, columns, 5), IsSafe(0, columns, 7)]);
        Assert.Equal([new TensorShare(x.Index, rows.Index, 0, false)], Shares("reference", subgraph, subgraph.Operators[1], OverlapChoice.Diagonal));
        Assert.True(IsSafe(1, rows, 0) && IsSafe(1, rows, 3));
        Assert.Equal([new TensorShare(x.Index, all.Index, 0, true)], Shares("reference", subgraph, subgraph.Operators[2], OverlapChoice.Diagonal));
        Assert.Equal([true, false, true], [IsSafe(2, all, 0), IsSafe(2, all, 3), IsSafe(2, all, 8)]);
    }

    [Fact]
    public void Whole_images_of_padding_are_refused()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4, 4, 8]);
        b.Output(b.Pad(x, (1, 0), (0, 0), (0, 0), (0, 0)), b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)));
        TfliteSubgraph subgraph = Load(b);

        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal));
        Assert.Single(Shares("reference", subgraph, subgraph.Operators[1], OverlapChoice.Diagonal));
    }

    [Fact]
    public void Windows_larger_than_any_image_cost_no_time()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 8000, 8000, 1]);
        var options = new FlatTableNode().Byte(0, (int)Padding.Same).Int32(1, 1).Int32(2, 1).Int32(3, int.MaxValue).Int32(4, int.MaxValue);
        b.Output(b.Operator("MAX_POOL_2D", [x], [1, 8000, 8000, 1], new OptionsTable(5, options), version: 2));
        TfliteSubgraph subgraph = Load(b);

        Assert.Empty(Shares("reference", subgraph, subgraph.Operators[0], OverlapChoice.Diagonal));
        Assert.Contains("too large", OverlapSimulator.FirstConflict(RuntimeProfile.Find("reference"), subgraph, subgraph.Operators[0], 0, 1, Far, Far),
            StringComparison.Ordinal);
    }

    private static TfliteSubgraph Load(ModelBuilder b) => TfliteModel.Load(b.Build(), "m.tflite").Subgraphs[0];

    private static IReadOnlyList<TensorShare> Shares(string kernels, TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice) =>
        OverlapRules.SharesOf(RuntimeProfile.Find(kernels), subgraph, operation, choice);

    private static TensorShare Single(string kernels, TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice) =>
        Assert.Single(Shares(kernels, subgraph, operation, choice));

    private static IEnumerable<(int Input, int Output)> Pairs(TfliteSubgraph subgraph, int operation) =>
        Shares("reference", subgraph, subgraph.Operators[operation], OverlapChoice.InPlace).Select(share => (share.Input, share.Output));

    private static string? Conflict(string kernels, TfliteSubgraph subgraph, TensorShare share, long distance) =>
        OverlapSimulator.FirstConflict(RuntimeProfile.Find(kernels), subgraph, subgraph.Operators[0], share.Input, share.Output, Far + distance, Far);
}
