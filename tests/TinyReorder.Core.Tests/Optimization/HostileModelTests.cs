using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Reports;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>Models that fuzzing found: sound files that say what no model says.</summary>
public class HostileModelTests
{
    [Theory]
    [InlineData("tflm")]
    [InlineData("none")]
    public void A_handle_of_a_variable_may_have_any_type(string runtime)
    {
        var b = new ModelBuilder();
        ModelTensor handle = b.VarHandle("v");
        handle.Type = TensorType.Int8;
        b.AssignVariable(handle, b.Relu(b.ReadVariable(handle, [4])));
        b.Output(b.Relu(b.Input("x", [4])));

        Assert.True(Optimize(b, new OptimizationRequest { Runtime = runtime }).Succeeded);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(9, DiagnosticCodes.SizeOverflow)]
    [InlineData(30, DiagnosticCodes.SizeOverflow)]
    public void Loops_within_loops_are_planned_or_refused_and_never_called_a_defect(int depth, string? code)
    {
        var b = new ModelBuilder();
        SubgraphBuilder caller = b;
        for (int i = 1; i <= depth; i++)
        {
            SubgraphBuilder called = b.Subgraph($"level {i}");
            ModelTensor x = caller.Input("x", [4]), y = caller.Tensor("y", [4]);
            caller.Operator("WHILE", [x], [y], new OptionsTable(93, new FlatTableNode().Int32(0, i).Int32(1, i)));
            caller.Output(y);
            caller = called;
        }
        caller.Output(caller.Relu(caller.Input("x", [4])));

        if (code is null)
            Assert.True(Optimize(b, new OptimizationRequest()).Succeeded);
        else
            Assert.Equal(code, Assert.Throws<TinyReorderException>(() => Optimize(b, new OptimizationRequest())).Diagnostic.Code);
    }

    [Fact]
    public void An_arena_is_a_multiple_of_16_also_where_the_plan_of_the_file_is_none()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [4]), y = b.Tensor("y", [4]);
        b.Custom("Vendor", [x], [y]);
        b.Output(y);
        b.OfflinePlan(0, 1001);

        OptimizationResult result = Optimize(b, new OptimizationRequest { Runtime = "none" });

        Assert.Equal((1017, 1024), (result.Arena.PlannedBytes, result.Arena.ArenaBytes));
    }

    [Theory]
    [InlineData("device", null)]
    [InlineData("offline", "none")]
    [InlineData("offline", "diagonal")]
    public void A_tensor_that_is_read_and_never_written_may_lie_anywhere(string plan, string? overlap)
    {
        var b = new ModelBuilder();
        ModelTensor loose = b.Tensor("loose", [1, 4, 4, 2]), x = b.Input("x", [1, 4, 4, 2]);
        b.Output(b.Add(b.Mean(loose, keepDimensions: true, 1, 2), b.Mean(b.Relu(x), keepDimensions: true, 1, 2)), b.Relu(loose));

        Assert.True(Optimize(b, new OptimizationRequest { Plan = plan, Overlap = overlap }).Succeeded);
        Assert.True(Optimize(b, new OptimizationRequest { Plan = plan, Overlap = overlap, Runtime = "none" }).Succeeded);
    }

    [Theory]
    [InlineData("tflm", "device")]
    [InlineData("tflm", "offline")]
    [InlineData("none", "device")]
    [InlineData("none", "offline")]
    public void An_arena_beyond_32_bits_is_refused(string runtime, string plan)
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", [1, 1_200, 1_000, 1_000])));
        var request = new OptimizationRequest { Runtime = runtime, Plan = plan, Overlap = "none" };

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Optimize(b, request)).Diagnostic;

        Assert.Equal((DiagnosticCodes.SizeOverflow, "hostile.tflite"), (diagnostic.Code, diagnostic.File));
    }

    [Fact]
    public void A_memory_map_that_no_one_could_read_is_refused()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [4]);
        for (int i = 0; i < 1_500; i++)
            b.Output(b.Relu(x));
        OptimizationResult result = Optimize(b, new OptimizationRequest { Runtime = "none", Plan = "device", SearchSeconds = "0" });

        Assert.Equal(DiagnosticCodes.SizeOverflow, Assert.Throws<TinyReorderException>(() => MemoryReport.Of(result)).Diagnostic.Code);
    }

    [Fact]
    public void Time_for_all_pieces_of_work_ends_before_that_for_each()
    {
        TimeSpan second = TimeSpan.FromSeconds(1), year = TimeSpan.FromDays(365);
        Assert.Equal(second, new TimeBudget(second, year).Spend(time => time));
        Assert.Equal(TimeSpan.Zero, new TimeBudget(second, TimeSpan.Zero).Spend(time => time));
        var budget = new TimeBudget(year, year);
        Assert.True(budget.Spend(time => time) >= budget.Spend(time => time));
    }

    private static OptimizationResult Optimize(ModelBuilder model, OptimizationRequest request) =>
        ModelOptimizer.Optimize(TfliteModel.Load(model.Build(), "hostile.tflite"), request);
}
