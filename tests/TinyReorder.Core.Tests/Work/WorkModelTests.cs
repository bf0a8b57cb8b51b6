using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Work;

namespace TinyReorder.Tests.Work;

public class WorkModelTests
{
    [Theory]
    [InlineData("reference", "cortex-m4-reference")]
    [InlineData("cmsis-nn-dsp", "cortex-m4-cmsis-nn-dsp")]
    [InlineData("cmsis-nn-c", "cortex-m3-cmsis-nn-c")]
    [InlineData("cmsis-nn-mve", null)]
    [InlineData("esp-nn", null)]
    public void A_kernel_library_has_its_own_rates_or_none(string kernels, string? id)
    {
        RuntimeProfile profile = RuntimeProfile.Find(kernels);

        Assert.Equal(id, WorkModel.Of(profile)?.Id);
        Assert.Equal(id is null ? WorkMeasure.Macs : WorkMeasure.Instructions, WorkModel.OrMacs(profile).Measure);
    }

    [Fact]
    public void Every_rate_names_its_source_and_no_kind_lacks_a_rule() => Assert.All(WorkModel.BuiltIn, model => Assert.All(model.Rules, kind =>
    {
        Assert.NotEmpty(kind.Value);
        Assert.All(kind.Value, rule => Assert.NotEmpty(rule.Rates.Rates));
        Assert.All(kind.Value, rule => Assert.NotEqual("", rule.Rates.Source));
    }));

    [SkippableTheory]
    [MemberData(nameof(SharedModels.Names), MemberType = typeof(SharedModels))]
    public void The_estimate_of_a_real_model_is_finite_and_positive(string name)
    {
        TfliteModel model = SharedModels.Load(name);

        Assert.All(WorkModel.BuiltIn, work =>
        {
            WorkEstimate estimate = work.Estimate(model, null, SampleModels.NoTurns);
            bool works = estimate.Operators.Any(op => op.Runs > 0);
            Assert.True(works ? estimate.Total > 0 && double.IsFinite(estimate.Total) : estimate.Total == 0, $"{work.Id}: {estimate.Total}");
            Assert.All(estimate.Operators, op => Assert.True(double.IsFinite(op.EachRun) && op.EachRun > 0, $"{op}"));
        });
    }

    [Fact]
    public void Multiplications_stand_in_where_no_rates_are_known()
    {
        TfliteModel model = SampleModels.Build([1, 8, 8, 4], (b, x) => b.Relu(b.Conv2D(x, 6, 3)));

        WorkEstimate estimate = WorkModel.Macs.Estimate(model, null, SampleModels.NoTurns);

        Assert.Equal((WorkMeasure.Macs, 8 * 8 * 6 * 9 * 4d), (estimate.Measure, estimate.Total));
        Assert.Equal([true, false], estimate.Operators.Select(op => op.IsKnown));
    }

    [Fact]
    public void A_loop_runs_its_body_each_turn_and_its_condition_once_more()
    {
        TfliteModel model = Loop(out int condition, out int body);
        WorkModel work = SampleModels.Named("cortex-m4-reference");

        WorkEstimate known = work.Estimate(model, null, new Dictionary<int, long> { [body] = 7 }), unknown = work.Estimate(model, null, SampleModels.NoTurns);

        Assert.Equal(8, known.Operators.Single(op => op.Subgraph == condition).Runs);
        Assert.Equal(7, known.Operators.Single(op => op.Subgraph == body).Runs);
        Assert.True(known.Operators.Single(op => op.Kind == "WHILE").IsKnown);
        Assert.Equal(1, unknown.Operators.Single(op => op.Subgraph == body).Runs);
        Assert.False(unknown.Operators.Single(op => op.Kind == "WHILE").IsKnown);
    }

    [Fact]
    public void Variables_at_one_place_are_not_copied()
    {
        TfliteModel model = Loop(out _, out int body);
        WorkModel work = SampleModels.Named("cortex-m4-reference");
        var turns = new Dictionary<int, long> { [body] = 10 };

        double apart = work.Estimate(model, null, turns).Total, together = work.Estimate(model, (_, _) => 0, turns).Total;

        // To the condition and to the output before the loop, and three times in each of ten turns: 32 copies of 64 bytes.
        Assert.Equal(32 * 64 * 0.53, apart - together, 0.05 * 32 * 64);
    }

    [Fact]
    public void The_ratio_of_two_estimates_is_that_of_their_work()
    {
        WorkModel work = SampleModels.Named("cortex-m4-reference");
        TfliteModel one = SampleModels.Build([1, 8, 8, 4], (b, x) => b.Relu(x)), two = SampleModels.Build([1, 8, 8, 4], (b, x) => b.Relu(b.Relu(x)));

        WorkEstimate original = work.Estimate(one, null, SampleModels.NoTurns), changed = work.Estimate(two, null, SampleModels.NoTurns);

        Assert.Equal(2, changed.RatioTo(original), 9);
        Assert.Equal(1, WorkModel.Macs.Estimate(two, null, SampleModels.NoTurns).RatioTo(WorkModel.Macs.Estimate(one, null, SampleModels.NoTurns)));
    }

    private static TfliteModel Loop(out int condition, out int body)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4, 4, 4]);
        SubgraphBuilder test = b.Subgraph("condition"), again = b.Subgraph("body");
        ModelTensor asked = test.Input("x", [1, 4, 4, 4]), turn = again.Input("x", [1, 4, 4, 4]);
        ModelTensor answer = test.Tensor("go", [1], TensorType.Bool);
        test.Operator("LESS", [asked, asked], [answer]);
        test.Output(answer);
        again.Output(again.Relu(turn));
        b.Output([.. b.While(test, again, x)]);
        (condition, body) = (test.Index, again.Index);
        return TfliteModel.Load(b.Build(), "loop");
    }
}
