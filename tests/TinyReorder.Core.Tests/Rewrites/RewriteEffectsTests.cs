using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using TinyReorder.Verification;

namespace TinyReorder.Tests.Rewrites;

/// <summary>
/// Custom operators may do what no tensor shows, so that they keep their order, also around a loop; and the verifier tells another order, also where all data
/// is the same.
/// </summary>
public class RewriteEffectsTests
{
    [Fact]
    public void Custom_operators_keep_their_order_around_a_loop()
    {
        foreach (OverlapChoice overlap in new[] { OverlapChoice.None, OverlapChoice.Diagonal })
        {
            PlannedStream planned = Planned(overlap);
            Assert.Equal(["First", "Second", "Third"], planned.Model.Subgraphs[0].Operators.Where(op => op.IsCustom).Select(op => op.CustomCode));
            Assert.Null(planned.FaultOf(planned.Plan));
        }
    }

    [Theory]
    [InlineData("First", "Second")]
    [InlineData("Second", "Third")]
    [InlineData("First", "Third")]
    public void The_verifier_refuses_another_order_of_them(string one, string other)
    {
        PlannedStream planned = Planned(OverlapChoice.None);
        int[] order = [.. Enumerable.Range(0, planned.Model.Subgraphs[0].Operators.Count)];
        int first = Find(planned, one), second = Find(planned, other);
        (order[first], order[second]) = (second, first);

        Assert.NotNull(planned.FaultOf(WithMainOrder(planned, order)));
    }

    [Fact]
    public void The_verifier_refuses_a_plan_that_leaves_one_out_or_runs_it_twice()
    {
        PlannedStream planned = Planned(OverlapChoice.None);
        int[] order = [.. Enumerable.Range(0, planned.Model.Subgraphs[0].Operators.Count)];
        int second = Find(planned, "Second");

        Assert.NotNull(planned.FaultOf(WithMainOrder(planned, [.. order.Where(op => op != second)])));
        Assert.NotNull(planned.FaultOf(WithMainOrder(planned, [.. order.SelectMany(op => op == second ? new[] { op, op } : [op])])));
    }

    /// <summary>Two operators that differ in nothing but their options.</summary>
    [Fact]
    public void The_verifier_tells_custom_operators_by_their_options()
    {
        PlannedStream planned = Planned(OverlapChoice.None, areAlike: true);
        int[] custom = [.. planned.Model.Subgraphs[0].Operators.Where(op => op.IsCustom).Select(op => op.Index)], order =
            [.. Enumerable.Range(0, planned.Model.Subgraphs[0].Operators.Count)];
        (order[custom[0]], order[custom[1]]) = (custom[1], custom[0]);

        Assert.Null(planned.FaultOf(planned.Plan));
        Assert.NotNull(planned.FaultOf(WithMainOrder(planned, order)));
    }

    /// <summary>What is verified is the order that will run, also inside of a loop.</summary>
    [Fact]
    public void The_verifier_runs_a_body_in_the_order_of_the_plan()
    {
        PlannedStream planned = Planned(OverlapChoice.None);
        int body = planned.Rewritten.Regions[0].Body!.Value, count = planned.Model.Subgraphs[body].Operators.Count;
        IReadOnlyList<int>[] orders = [.. planned.Plan.Orders];
        orders[body] = [.. Enumerable.Range(0, count).Reverse()];

        Assert.NotNull(planned.FaultOf(planned.Plan with { Orders = orders }));
        Assert.NotNull(planned.FaultOf(planned.Plan with
        {
            Model = TfliteModel.Load(TfliteRewriter.Rewrite(planned.Model, orders), "reversed"),
        }));
    }

    private static int Find(PlannedStream planned, string code) => planned.Model.Subgraphs[0].Operators.First(op => op.CustomCode == code).Index;

    private static PlacedPlan WithMainOrder(PlannedStream planned, int[] order) =>
        planned.Plan with { Orders = [order, .. planned.Plan.Orders.Skip(1)] };

    /// <summary>The second does not depend on the region, which runs between the first and the third; nor does any on the first.</summary>
    private static PlannedStream Planned(OverlapChoice overlap, bool areAlike = false)
    {
        var b = new ModelBuilder(6);
        ModelTensor x = b.Input("x", [1, 12, 8, 2]);
        ModelTensor first = b.Tensor("first", [1, 4]), second = b.Tensor("second", [1, 4]), third = b.Tensor("third", [1, 4]);
        b.Custom(areAlike ? "Same" : "First", [x], [first], [1]);
        ModelTensor y = b.Conv2D(b.Conv2D(x, 6, 3), 2, 3);
        b.Custom(areAlike ? "Same" : "Second", [x], [second], [2]);
        b.Custom(areAlike ? "Same" : "Third", [y], [third], [3]);
        b.Output(first, second, third);
        var model = TfliteModel.Load(b.Build(), "custom");
        Region region = Region.Of(model, 1, 2, RowOperators.Height)!;
        return PlannedStream.Of(Rewriter.Stream(model, [(region, TurnSchedule.Of(region, 2)!)]), overlap);
    }
}
