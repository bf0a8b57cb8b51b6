using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Reports;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>Files that carry an offline plan, which the interpreter follows: it is the baseline, and it stays where nothing needs less.</summary>
public class CarriedPlanTests
{
    private const int Slot = 256;

    [SkippableTheory]
    [MemberData(nameof(SharedModels.LongNames), MemberType = typeof(SharedModels))]
    [Trait("Category", "Slow")]
    public void What_was_optimized_in_a_long_search_needs_the_same_again(string name) => What_was_optimized_needs_the_same_again(name);

    [SkippableTheory]
    [MemberData(nameof(SharedModels.QuickNames), MemberType = typeof(SharedModels))]
    public void What_was_optimized_needs_the_same_again(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        foreach (string kernels in new[] { "reference", "cmsis-nn" })
        {
            foreach (string? overlap in new[] { null, "diagonal" })
            {
                var request = new OptimizationRequest { Kernels = kernels, Overlap = overlap };
                OptimizationResult first = ModelOptimizer.Optimize(model, request);
                foreach (string? again in new[] { null, overlap }.Distinct())
                    AssertSame(first, ModelOptimizer.Optimize(TfliteModel.Load(first.OptimizedModel, name), request with { Overlap = again }));
            }
        }
    }

    [Fact]
    public void A_plan_that_nothing_undercuts_stays_with_the_file()
    {
        TfliteModel model = Chain(0, 0, 0, 0);

        OptimizationResult result = Optimize(model);

        Assert.Equal((PlanChoice.Own, OrderChoice.File, OverlapChoice.InPlace, Slot),
            (result.Arena.Plan, result.Arena.Order, result.Arena.Overlap, result.Arena.PlannedBytes));
        Assert.Same(result.Plans[0], result.Arena);
        Assert.Same(result.Baseline, result.Arena);
        Assert.Same(model.Bytes, result.OptimizedModel);
        Assert.Equal(Slot, result.Subgraphs[0].DefaultPeakBytes);
        Assert.Equal(DiagnosticSeverity.Message, Carried(result).Severity);
        Assert.Contains("the model is left as it is", Carried(result).Message, StringComparison.Ordinal);
        Assert.Contains(SummaryText.Of(result), line => line.Contains("the file's own plan in place)", StringComparison.Ordinal));
        Assert.Contains("  saved 0 B of arena: no plan that was found needs less than the file's own", SummaryText.Of(result));
    }

    [Fact]
    public void A_plan_that_is_undercut_is_replaced_and_the_difference_is_what_is_saved()
    {
        OptimizationResult result = Optimize(Chain(0, Slot, 2 * Slot, 3 * Slot), new OptimizationRequest { Runtime = "none" });

        Assert.Equal((PlanChoice.Own, 4 * Slot), (result.Baseline.Plan, result.Baseline.ArenaBytes));
        Assert.Equal((PlanChoice.Device, 2 * Slot), (result.Arena.Plan, result.Arena.ArenaBytes));
        Assert.Contains("  saved 512 B of arena over the file's own plan", SummaryText.Of(result));
        Assert.Equal([-1L, -1, -1, -1], OfflinePlan.Find(TfliteModel.Load(result.OptimizedModel, "replaced"))!.OffsetBytes);
        Assert.EndsWith("is replaced", Carried(result).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_overlap_than_the_settings_have_is_kept_and_more_than_they_allow_is_not()
    {
        var b = new ModelBuilder();
        b.Output(b.Conv2D(b.Conv2D(b.Input("x", [1, 32, 32, 3]), filters: 8, kernel: 3), filters: 8, kernel: 3));
        OptimizationResult diagonal = Optimize(TfliteModel.Load(b.Build(), "m"), new OptimizationRequest { Overlap = "diagonal" });
        Assert.Equal(OverlapChoice.Diagonal, diagonal.Arena.Overlap);
        var written = TfliteModel.Load(diagonal.OptimizedModel, "m");

        AssertSame(diagonal, Optimize(written));
        OptimizationResult apart = Optimize(written, new OptimizationRequest { Overlap = "none" });

        Assert.Equal(OverlapChoice.None, apart.Arena.Overlap);
        Assert.Equal(diagonal.Arena.ArenaBytes, apart.Baseline.ArenaBytes);
        long more = apart.Arena.ArenaBytes - diagonal.Arena.ArenaBytes;
        Assert.True(more > 0);
        Assert.Contains($"  {Quantity.Bytes(more)} of arena more than with the file's own plan", SummaryText.Of(apart));
        Assert.Contains(" -> ", SummaryText.Of(apart)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operator 0 (RELU) of subgraph 0 writes tensor 1 over tensor 0, which it reads", 0, 128, 512, 0)]
    [InlineData("tensor 2 of subgraph 0 lies at -16, before the arena", 0, 256, -16, 256)]
    [InlineData("tensor 1 of subgraph 0 lies at 260, which is no multiple of 16", 0, 260, 0, 512)]
    [InlineData(null, 0, 256, 0, 256)]
    [InlineData(null, -1, 256, -1, -1)]
    [InlineData(null, 0, 0, 0, 0)]
    public void A_plan_that_cannot_be_shown_to_be_right_is_warned_of_and_not_kept(string? fault, params int[] offsets)
    {
        OptimizationResult result = Optimize(Chain(offsets));

        Assert.Equal(PlanChoice.Own, result.Baseline.Plan);
        Assert.Equal(fault is null ? DiagnosticSeverity.Message : DiagnosticSeverity.Warning, Carried(result).Severity);
        Assert.Equal(fault is not null,
            Carried(result).Message.Contains($"cannot be shown to be right with reference kernels (profile {result.Arena.Profile}): {fault}",
            StringComparison.Ordinal));
        if (fault is null)
            return;
        Assert.NotEqual(PlanChoice.Own, result.Arena.Plan);
        Assert.EndsWith("; the plan is replaced", Carried(result).Message, StringComparison.Ordinal);
        Assert.Equal(offsets.Max() + Slot, result.Baseline.PlannedBytes);
    }

    [Fact]
    public void What_a_later_operator_still_reads_must_not_be_overwritten()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4, 4, 16]);
        b.Output(b.Add(b.Relu(x), x));
        b.OfflinePlan(0, 0, Slot);

        Assert.Contains("tensor 0 of subgraph 0 is overwritten", Carried(Optimize(TfliteModel.Load(b.Build(), "m"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2 * Slot, false)]
    [InlineData(Slot, true)]
    public void Nothing_may_lie_on_a_variable_that_the_plan_places(int offset, bool isFault)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4, 4, 16]), state = b.Variable("state", [1, 4, 4, 16]);
        ModelTensor y = b.Relu(b.Add(x, state));
        b.Output(y);
        Assert.Equal([0, 1, 3], new[] { x, state, y }.Select(tensor => tensor.Index));
        b.OfflinePlan(0, offset, Slot, 0);

        Assert.Equal(isFault,
            Carried(Optimize(TfliteModel.Load(b.Build(), "m"))).Message.Contains("tensor 1 of subgraph 0 is a variable, and tensor 2 of subgraph 0 lies on it",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Other_kernels_may_not_allow_the_overlap_of_the_plan()
    {
        var b = new ModelBuilder();
        b.Output(b.MaxPool(b.Input("x", [1, 16, 16, 4]), kernel: 2, stride: 2));
        OptimizationResult diagonal = Optimize(TfliteModel.Load(b.Build(), "m"), new OptimizationRequest { Overlap = "diagonal" });
        Assert.Equal(OverlapChoice.Diagonal, diagonal.Arena.Overlap);

        OptimizationResult result = Optimize(TfliteModel.Load(diagonal.OptimizedModel, "m"), new OptimizationRequest { Kernels = "cmsis-nn-mve" });

        Assert.Equal(DiagnosticSeverity.Warning, Carried(result).Severity);
        Assert.Contains("the interpreter follows it without a check, so the model as it is may give wrong answers", Carried(result).Message,
            StringComparison.Ordinal);
        Assert.Equal((PlanChoice.Own, OverlapChoice.None), (result.Baseline.Plan, result.Baseline.Overlap));
        Assert.NotEqual(PlanChoice.Own, result.Arena.Plan);
    }

    [Fact]
    public void Inputs_that_have_to_be_kept_are_looked_at_and_no_fault_of_the_plan()
    {
        OptimizationResult overwritten = Optimize(Chain(0, 0, 0, 0), new OptimizationRequest { KeepInputs = "true" }),
            kept = Optimize(Chain(0, Slot, Slot, Slot), new OptimizationRequest { KeepInputs = "true" });

        Assert.Equal((PlanChoice.Offline, DiagnosticSeverity.Message), (overwritten.Arena.Plan, Carried(overwritten).Severity));
        Assert.Equal((PlanChoice.Own, 2 * Slot), (kept.Arena.Plan, kept.Arena.PlannedBytes));
    }

    [Theory]
    [InlineData("device", nameof(PlanChoice.Device))]
    [InlineData("offline", nameof(PlanChoice.Offline))]
    [InlineData("auto", nameof(PlanChoice.Own))]
    public void A_plan_that_is_asked_for_is_made(string plan, string expectedName)
    {
        PlanChoice expected = Enum.Parse<PlanChoice>(expectedName);
        OptimizationResult result = Optimize(Chain(0, 0, 0, 0), new OptimizationRequest { Plan = plan });

        Assert.Equal((expected, PlanChoice.Own), (result.Arena.Plan, result.Baseline.Plan));
    }

    [Fact]
    public void Nobody_can_ask_for_the_plan_of_a_file() =>
        Assert.Equal(DiagnosticCodes.BadOption,
            Assert.Throws<TinyReorderException>(() => Optimize(Chain(0, 0, 0, 0), new OptimizationRequest { Plan = "own" })).Diagnostic.Code);

    // The first operator runs in place, which is shown to be right; what the vendor's does nobody knows, and it is not called wrong.
    [Theory]
    [InlineData(0, nameof(OverlapChoice.None))]
    [InlineData(Slot, nameof(OverlapChoice.InPlace))]
    public void A_file_with_a_custom_operator_is_left_alone(int offset, string overlapName)
    {
        OverlapChoice overlap = Enum.Parse<OverlapChoice>(overlapName);
        var b = new ModelBuilder();
        ModelTensor x = b.Relu(b.Input("x", [1, 256])), y = b.Tensor("y", [1, 256]);
        b.Custom("Vendor", [x], [y]);
        b.Output(y);
        b.OfflinePlan(0, 0, offset);

        OptimizationResult result = Optimize(TfliteModel.Load(b.Build(), "m"));

        Assert.Equal((PlanChoice.Own, offset + Slot, overlap), (Assert.Single(result.Plans).Plan, result.Arena.PlannedBytes, result.Arena.Overlap));
        Assert.Same(result.Model.Bytes, result.OptimizedModel);
        Assert.Contains("custom operator Vendor", Carried(result).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, nameof(PlanChoice.Own), 1024)]
    [InlineData(false, nameof(PlanChoice.Device), 512)]
    public void The_file_as_it_is_has_one_plan(bool carries, string planName, long plannedBytes)
    {
        PlanChoice plan = Enum.Parse<PlanChoice>(planName);
        TfliteModel model = carries ? Chain(0, Slot, 2 * Slot, 3 * Slot) : Chain();

        OptimizationResult result = Optimize(model, new OptimizationRequest { AsItIs = true });

        Assert.Equal((plan, OrderChoice.File, plannedBytes), (Assert.Single(result.Plans).Plan, result.Arena.Order, result.Arena.PlannedBytes));
        Assert.Same(model.Bytes, result.OptimizedModel);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void The_header_says_that_the_model_carries_the_plan()
    {
        OptimizationResult result = Optimize(Chain(0, 0, 0, 0));
        GeneratedModel described = GeneratedOutput.Describe(result, "m");
        using var stream = new MemoryStream();
        new CodeGenerator().WriteHeader(described, stream);
        string header = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        Assert.Equal(PlanChoice.Own, described.Plan);
        Assert.Contains("The model carries the plan of its tensors (OfflineMemoryAllocation)", header, StringComparison.Ordinal);
        Assert.Contains("Some outputs lie on inputs that die in their operator (in-place)", header, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_shows_the_plan_first_and_the_files_order_with_what_it_shares()
    {
        var report = MemoryReport.Of(Optimize(Chain(0, 0, 0, 0)));

        Assert.Equal(("own", "own"), (report.Arenas[0].Name, report.Chosen.Name));
        Assert.Equal("file's order, placed by the plan that it carries, outputs in place of inputs", report.Chosen.Title);
        Assert.Equal((Slot, Slot), (report.DefaultPeakBytes, report.PeakBytes));
        Assert.Equal(4, report.Chosen.Blocks.Count);
        Assert.Equal(report.Arenas.Count, report.Arenas.Select(arena => arena.Name).Distinct().Count());
    }

    [Fact]
    public void Each_entry_of_that_name_has_to_fit_as_the_device_reads_them_all()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", [1, 16])));
        b.OfflinePlan(0);
        b.OfflinePlan(0, 16);

        Assert.Equal(DiagnosticCodes.BadMetadata, Assert.Throws<TinyReorderException>(() => Optimize(TfliteModel.Load(b.Build(), "m"))).Diagnostic.Code);
    }

    private static void AssertSame(OptimizationResult first, OptimizationResult again)
    {
        string what = $"{first.Model.Name} {first.Arena.Kernels} {first.Arena.Overlap}";
        bool isCarried = OfflinePlan.Find(again.Model) is not null;
        Assert.Equal((what, first.Constant.Bytes), (what, again.Constant.Bytes));
        Assert.Equal((what, first.Arena.ArenaBytes), (what, again.Baseline.ArenaBytes));
        Assert.Equal((what, isCarried), (what, again.Baseline.Plan == PlanChoice.Own));
        if (!isCarried || first.Baseline.Plan == PlanChoice.Own)
            return;
        Assert.Equal((what, PlanChoice.Own, first.Arena.PeakBytes), (what, again.Arena.Plan, again.Arena.PeakBytes));
        // Who made the plan of a file with custom operators cannot be told, so it is left alone.
        bool isLeftAlone = again.Model.Subgraphs.Any(subgraph => subgraph.Operators.Any(op => op.IsCustom));
        Assert.Equal((what, isLeftAlone ? DiagnosticSeverity.Warning : DiagnosticSeverity.Message), (what, Carried(again).Severity));
        Assert.Same(again.Model.Bytes, again.OptimizedModel);
    }

    private static Diagnostic Carried(OptimizationResult result) =>
        Assert.Single(result.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ExistingOfflinePlan);

    private static OptimizationResult Optimize(TfliteModel model, OptimizationRequest? request = null) =>
        ModelOptimizer.Optimize(model, request ?? new OptimizationRequest());

    /// <summary>Four tensors of 256 B in a row, at these offsets.</summary>
    private static TfliteModel Chain(params int[] offsets)
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Relu(b.Relu(b.Input("x", [1, 4, 4, 16])))));
        if (offsets.Length > 0)
            b.OfflinePlan(offsets);
        return TfliteModel.Load(b.Build(), "chain.tflite");
    }
}
