using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Reports;

public class SummaryTextTests
{
    [Fact]
    public void A_better_order_is_told_with_both_peaks_the_arena_and_the_budget()
    {
        OptimizationResult result = Optimize(TwoBranches(), new OptimizationRequest { Board = "uno", Runtime = "none", ReservedSram = "1000" });
        Assert.Equal(
        [
            "two.tflite: peak 1,152 B -> 704 B (proven: no order has a lower one)",
            "  arena 704 B: planned 704 B + scratch 0 B + persistent 0 B (the plan alone)",
            "  file's order on the device 1,152 B, best order on the device 704 B, best order with our plan 704 B",
            "  saved 448 B of arena (38 %): order 448 B, placement 0 B, overlap 0 B",
            $"  board uno (Arduino Uno): 704 B + 1,000 B reserved of 2,048 B SRAM, 344 B left; {result.OptimizedModel.Length:N0} B of 32,256 B flash, "
            + $"{32256 - result.OptimizedModel.Length:N0} B left",
        ], SummaryText.Of(result));
    }

    [Fact]
    public void What_does_not_fit_is_told_as_missing()
    {
        OptimizationResult result = Optimize(TwoBranches(), new OptimizationRequest { Board = "uno", Runtime = "none", ReservedSram = "2000" });
        Assert.Contains("2,048 B SRAM, 656 B missing;", SummaryText.Of(result)[^1]);
    }

    [Fact]
    public void The_parts_of_an_interpreters_arena_are_told()
    {
        OptimizationResult result = Optimize(TwoBranches(), new OptimizationRequest { Kernels = "reference", Abi = "short-enums" });
        Assert.Contains("tflm@2026-08, reference kernels, short-enums", SummaryText.Of(result)[1]);
        Assert.StartsWith($"  arena {result.Arena.ArenaBytes:N0} B: planned {result.Arena.PlannedBytes:N0} B + ", SummaryText.Of(result)[1]);
    }

    [Fact]
    public void The_table_has_a_row_for_each_operator_in_the_new_order_and_marks_the_peak()
    {
        OptimizationResult result = Optimize(TwoBranches(), new OptimizationRequest { Runtime = "none" });
        Assert.Equal(
        [
            "subgraph 0 'main', bytes live while each operator runs (* is the peak):",
            "  step  operator  kind      inputs  outputs  others  scratch  total",
            "     0            (inputs)       0        0     128        0  128",
        ], ReportTable.Of(result).Take(3));
        string[] rows = ReportTable.Of(result).Skip(3).ToArray();
        Assert.Equal(result.Subgraphs[0].Order, rows.Select(row => int.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])));
        Assert.Contains(rows, row => row.EndsWith("704 *", StringComparison.Ordinal));
    }

    private static OptimizationResult Optimize(byte[] file, OptimizationRequest request) =>
        ModelOptimizer.Optimize(TfliteModel.Load(file, "two.tflite"), request);

    /// <summary>An input of 128 B, two branches that widen to 512 B and narrow to 64 B, written so that both are wide at once.</summary>
    private static byte[] TwoBranches()
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("x", [1, 8, 8, 2]);
        ModelTensor left = model.Conv2D(input, filters: 8, kernel: 1), right = model.Conv2D(input, filters: 8, kernel: 1);
        ModelTensor narrowLeft = model.Conv2D(left, filters: 1, kernel: 1), narrowRight = model.Conv2D(right, filters: 1, kernel: 1);
        model.Output(model.Add(narrowLeft, narrowRight));
        return model.Build();
    }
}
