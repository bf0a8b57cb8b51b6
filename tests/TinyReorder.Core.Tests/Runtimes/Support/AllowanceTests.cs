using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>An allowance for an operator that no profile knows may warn; it breaks no build.</summary>
public class AllowanceTests
{
    [Fact]
    public void Scratch_is_allowed_for_what_others_read_only()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 10_000]), work = builder.Tensor("work", [50_000]), y = builder.Tensor("y", [1, 100]),
            own = builder.Tensor("own", [70_000]);
        builder.Custom("Mystery", [x, work], [y, own]);
        builder.Output(y);

        Assert.Equal(8 * 100, Assert.Single(Allocator(builder).ScratchBytes(0, 0)));
    }

    [Fact]
    public void Scratch_is_allowed_up_to_what_no_board_has()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 4]), y = builder.Tensor("y", [1, 400_000_000]);
        builder.Custom("Mystery", [x], [y]);
        builder.Output(y);

        Assert.Equal(1 << 20, Assert.Single(Allocator(builder).ScratchBytes(0, 0)));
    }

    [Theory]
    [InlineData(100, 1_000, null, null)]
    [InlineData(40_000, 20_000, DiagnosticSeverity.Warning,
        "B of it are allowed for operators that no profile knows, and without them it fits: measure the arena on the device, or write their figures into a "
        + "profile")]
    [InlineData(300_000, 300_000, DiagnosticSeverity.Error, "too many.")]
    public void An_arena_that_only_an_allowance_makes_too_large_is_a_warning(int input, int output, DiagnosticSeverity? severity, string? message)
    {
        OptimizationResult result = ModelOptimizer.Optimize(TfliteModel.Load(Custom(input, output).Build(), "m.tflite"),
            new OptimizationRequest { Board = "nano33ble", ReservedSram = "80000" });

        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Code == "TINY3001");
        Assert.True(result.Constant.AllowanceBytes > Math.Min(8 * output, 1 << 20) + 1_000);
        if (severity is null)
        {
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Code == "TINY1001");
            return;
        }
        Diagnostic told = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Code == "TINY1001");
        Assert.Equal(severity, told.Severity);
        Assert.Contains(message!, told.Message, StringComparison.Ordinal);
        Assert.Equal(severity == DiagnosticSeverity.Warning, result.Succeeded);
    }

    [Fact]
    public void A_known_model_has_no_allowance()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", [1, 8])));

        Assert.Equal(0,
            ModelOptimizer.Optimize(TfliteModel.Load(builder.Build(), "m.tflite"),
            new OptimizationRequest { Kernels = "reference", ArenaMargin = "10%" }).Constant.AllowanceBytes);
    }

    [Fact]
    public void A_board_that_several_models_share_weighs_allowances_the_same_way()
    {
        var fit = new BoardFit(BoardCatalog.BuiltIn.Find("nano33ble"), 300_000, 1_000) { AllowanceBytes = 200_000 };

        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(fit.Diagnose(BoardCatalog.BuiltIn)).Severity);
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single((fit with { AllowanceBytes = 10 }).Diagnose(BoardCatalog.BuiltIn)).Severity);
    }

    private static ModelBuilder Custom(int input, int output)
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, input]), y = builder.Tensor("y", [1, output]);
        builder.Custom("Mystery", [x], [y]);
        builder.Output(y);
        return builder;
    }

    private static TflmAllocator Allocator(ModelBuilder builder) => new(TfliteModel.Load(builder.Build(), "m.tflite"), RuntimeProfile.Find("reference"));
}
